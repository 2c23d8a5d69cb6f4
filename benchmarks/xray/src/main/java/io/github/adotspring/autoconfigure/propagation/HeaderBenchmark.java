package io.github.adotspring.autoconfigure.propagation;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.contrib.awsxray.propagator.AwsXrayPropagator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to read and to write a header.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch" })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderBenchmark {

	private static final TextMapGetter<String> GETTER = new HeaderGetter();

	private static final TextMapSetter<Blackhole> SETTER = (blackhole, key, value) -> blackhole.consume(value);

	private String header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

	private Context context = Context.root()
		.with(Span.wrap(SpanContext.create("5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8",
				TraceFlags.getSampled(), TraceState.getDefault())));

	@Param
	private Library library;

	@Benchmark
	public Context extract() {
		return this.library.propagator.extract(Context.root(), this.header, GETTER);
	}

	@Benchmark
	public void inject(Blackhole blackhole) {
		this.library.propagator.inject(this.context, blackhole, SETTER);
	}

	/**
	 * Whose propagator it is.
	 */
	public enum Library {

		/** OpenTelemetry contrib's. */
		contrib(AwsXrayPropagator.getInstance()),

		/** Ours. */
		adot(XrayPropagator.getInstance());

		private final TextMapPropagator propagator;

		Library(TextMapPropagator propagator) {
			this.propagator = propagator;
		}

	}

	private static final class HeaderGetter implements TextMapGetter<String> {

		@Override
		public Iterable<String> keys(String header) {
			return List.of(XrayPropagator.HEADER);
		}

		@Override
		public String get(String header, String key) {
			return key.equals(XrayPropagator.HEADER) ? header : null;
		}

	}

}
