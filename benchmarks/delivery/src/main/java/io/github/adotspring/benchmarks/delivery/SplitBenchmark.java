package io.github.adotspring.benchmarks.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.otlp.OtlpLimits;
import io.github.adotspring.autoconfigure.otlp.OtlpSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to hold a batch of spans against the limits of X-Ray, beside what any
 * export of it costs: its compression.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SplitBenchmark {

	private static final OtlpSplitter XRAY = new OtlpSplitter(Signal.TRACES, OtlpLimits.xray(), Clock.systemUTC());

	/** 512 is a batch of the SDK's default; 12,000 are more than X-Ray takes at once. */
	@Param({ "512", "12000" })
	private int spans;

	private byte[] message = {};

	@Setup
	public void makeMessage() {
		ScopeSpans.Builder scope = ScopeSpans.newBuilder();
		for (int i = 0; i < this.spans; i++) {
			scope.addSpans(span(i));
		}
		this.message = ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder()
				.setResource(Resource.newBuilder().addAttributes(attribute("service.name", "shop")))
				.addScopeSpans(scope))
			.build()
			.toByteArray();
	}

	@Benchmark
	public Split split() {
		return XRAY.split(this.message);
	}

	@Benchmark
	public byte[] compress() throws IOException {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(this.message.length / 4);
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(this.message);
		}
		return compressed.toByteArray();
	}

	private static Span span(int number) {
		long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
		return Span.newBuilder()
			.setTraceId(random(16))
			.setSpanId(random(8))
			.setParentSpanId(random(8))
			.setName("GET /orders/{id}")
			.setKind(Span.SpanKind.SPAN_KIND_SERVER)
			.setStartTimeUnixNano(now - 1_000_000)
			.setEndTimeUnixNano(now)
			.addAttributes(attribute("http.request.method", "GET"))
			.addAttributes(attribute("http.route", "/orders/{id}"))
			.addAttributes(attribute("url.path", "/orders/" + number))
			.addAttributes(attribute("http.response.status_code", "200"))
			.addAttributes(attribute("server.address", "shop.example.com"))
			.addAttributes(attribute("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101"))
			.addAttributes(attribute("client.address", "192.0.2." + (number % 256)))
			.build();
	}

	private static ByteString random(int length) {
		byte[] bytes = new byte[length];
		ThreadLocalRandom.current().nextBytes(bytes);
		return ByteString.copyFrom(bytes);
	}

	private static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

}
