package io.github.adotspring.autoconfigure.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.delivery.PayloadFixtures;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TraceConsole} and {@link ConsoleSpan}. Time passes when a test says
 * so.
 */
final class TraceConsoleTests {

	private static final int LOCAL_PARENT = 0x101;

	private static final int REMOTE_PARENT = 0x301;

	private final LogLines log = LogLines.listen();

	private final LogStore logs = new LogStore(10);

	private final TraceStore store = new TraceStore(
			new ConsoleProperties(10, 10, 1, true, true, 1, DataSize.ofKilobytes(16), null));

	private final List<Runnable> waiting = new ArrayList<>();

	private final List<Duration> delays = new ArrayList<>();

	private final TraceConsole console = console(true);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void showsATraceShortlyAfterItsRootArrived() {
		deliver(span(2, 1, "SELECT", Span.SpanKind.SPAN_KIND_CLIENT, LOCAL_PARENT));
		letTimePass();
		assertThat(this.log.lines()).isEmpty();
		deliver(span(1, 0, "GET /orders", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT));
		assertThat(this.log.lines()).isEmpty();
		letTimePass();
		assertThat(this.log.lines()).singleElement().asString().isEqualToNormalizingNewlines("""
				INFO\s
				Trace 00000000000000000000000000000007, 2 spans, 1.0 ms
				  GET /orders  SERVER    shop  |================================|     1.0 ms
				    SELECT     CLIENT    shop  |================================|     1.0 ms""");
	}

	@Test
	void waitsLongerForATraceThatBeganElsewhereThanForOneThatBeganHere() {
		deliver(span(1, 0, "GET /orders", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT));
		deliver(span(9, 8, "GET /orders", Span.SpanKind.SPAN_KIND_SERVER, REMOTE_PARENT).toBuilder()
			.setTraceId(id(16, 6))
			.build());
		assertThat(this.delays).hasSize(2);
		assertThat(this.delays.get(0)).isLessThan(this.delays.get(1));
	}

	@Test
	void showsSpansThatEndedJustAfterTheRoot() {
		deliver(span(1, 0, "GET /", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT));
		deliver(span(2, 1, "async", Span.SpanKind.SPAN_KIND_INTERNAL, LOCAL_PARENT));
		letTimePass();
		assertThat(this.log.lines()).singleElement().asString().contains("2 spans", "async");
	}

	@Test
	void showsItOnceHoweverManyWaited() {
		deliver(span(3, 1, "one", Span.SpanKind.SPAN_KIND_INTERNAL, LOCAL_PARENT));
		deliver(span(2, 1, "two", Span.SpanKind.SPAN_KIND_INTERNAL, LOCAL_PARENT));
		deliver(span(1, 0, "root", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT));
		letTimePass();
		this.console.close();
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void waitsForTheParentInThisProcessOfARequestToItself() {
		deliver(span(3, 2, "GET /self", Span.SpanKind.SPAN_KIND_SERVER, REMOTE_PARENT));
		assertThat(this.log.lines()).isEmpty();
		deliver(span(2, 1, "GET", Span.SpanKind.SPAN_KIND_CLIENT, LOCAL_PARENT));
		letTimePass();
		assertThat(this.log.lines()).isEmpty();
		deliver(span(1, 0, "GET /", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT));
		letTimePass();
		assertThat(this.log.lines()).singleElement()
			.asString()
			.contains("3 spans", "  GET /  ", "    GET  ", "      GET /self  ");
	}

	@Test
	void showsATraceThatBeganElsewhereWhenItHasSettled() {
		deliver(span(3, 2, "SELECT", Span.SpanKind.SPAN_KIND_CLIENT, LOCAL_PARENT),
				span(2, 1, "GET /orders", Span.SpanKind.SPAN_KIND_SERVER, REMOTE_PARENT));
		assertThat(this.log.lines()).isEmpty();
		letTimePass();
		assertThat(this.log.lines()).singleElement().asString().contains("2 spans", "  GET /orders  ", "    SELECT  ");
	}

	@Test
	void doesNotShowWhatHasNotEndedHere() {
		deliver(span(3, 2, "SELECT", Span.SpanKind.SPAN_KIND_CLIENT, LOCAL_PARENT));
		letTimePass();
		this.console.close();
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void showsATraceAgainWithSpansThatCameLate() {
		deliver(span(1, 0, "GET /", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT));
		letTimePass();
		deliver(span(2, 1, "async", Span.SpanKind.SPAN_KIND_INTERNAL, LOCAL_PARENT));
		letTimePass();
		assertThat(this.log.lines()).hasSize(2);
		assertThat(this.log.lines().get(0)).contains("1 span,").doesNotContain("async");
		assertThat(this.log.lines().get(1)).contains("2 spans", "async");
		letTimePass();
		assertThat(this.log.lines()).hasSize(2);
	}

	@Test
	void showsWhatStillWaitsWhenItIsClosed() {
		deliver(span(2, 1, "GET /orders", Span.SpanKind.SPAN_KIND_SERVER, REMOTE_PARENT));
		this.console.close();
		assertThat(this.log.lines()).hasSize(1);
		letTimePass();
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void keepsTracesAndShowsNoneWhereTheLogIsOff() {
		TraceConsole silent = console(false);
		silent.deliver(payload("shop", span(1, 0, "GET /", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT)));
		letTimePass();
		silent.close();
		assertThat(this.log.lines()).isEmpty();
		assertThat(this.store.traces()).hasSize(1);
	}

	@Test
	void saysThatItTookEveryPayload() {
		assertThat(this.console
			.deliver(payload("shop", span(1, 0, "GET /", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT))))
			.isCompletedWithValue(Outcome.delivered(0));
		assertThat(this.console.deliver(PayloadFixtures.traces(ExportTraceServiceRequest.getDefaultInstance())))
			.isCompletedWithValue(Outcome.delivered(0));
		letTimePass();
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void failsForBytesThatAreNoSpans() {
		// A span whose name is not UTF-8, which nothing but a decoder notices.
		ExportTraceServiceRequest good = ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder()
				.addScopeSpans(ScopeSpans.newBuilder().addSpans(Span.newBuilder().setName("name"))))
			.build();
		byte[] bytes = good.toByteArray();
		int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("name");
		bytes[name] = (byte) 0xff;
		assertThat(this.console.deliver(PayloadFixtures.traces(bytes)))
			.isCompletedWithValue(Outcome.failed(Failure.INVALID, "not an OTLP message"));
		assertThat(this.store.traces()).isEmpty();
	}

	@Test
	void readsWhatItShowsOfASpan() {
		ConsoleSpan span = ConsoleSpan.of("shop",
				Span.newBuilder(span(2, 1, "GET /", Span.SpanKind.SPAN_KIND_CONSUMER, REMOTE_PARENT))
					.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage("broken"))
					.build());
		assertThat(span)
			.isEqualTo(new ConsoleSpan("00000000000000000000000000000007", "0000000000000002", "0000000000000001", true,
					"shop", "GET /", "CONSUMER", 1_000_000, Duration.ofMillis(1), true, "broken"));
		assertThat(span.isRoot()).isFalse();
	}

	@Test
	void saysWhereACallOverHttpWentWithoutItsQuery() {
		assertThat(named("GET", attribute("http.request.method", "GET"),
				attribute("url.full", "https://api.example.com/orders?key=s3cret#part"))
			.name()).isEqualTo("GET api.example.com/orders");
		assertThat(named("GET", attribute("http.request.method", "GET")).name()).isEqualTo("GET");
		assertThat(named("GET /orders", attribute("http.request.method", "GET"),
				attribute("url.full", "https://api.example.com/orders"))
			.name()).isEqualTo("GET /orders");
	}

	@Test
	void saysWhatBecameOfASpan() {
		KeyValue status = KeyValue.newBuilder()
			.setKey("http.response.status_code")
			.setValue(AnyValue.newBuilder().setIntValue(503))
			.build();
		assertThat(named("GET", status).detail()).isEqualTo("503");
		assertThat(failed("", status).detail()).isEqualTo("503");
		assertThat(failed("", status, attribute("error.type", "503")).detail()).isEqualTo("503");
		assertThat(failed("", attribute("error.type", "java.net.ConnectException")).detail())
			.isEqualTo("java.net.ConnectException");
		assertThat(failed("broken", status, attribute("error.type", "x")).detail()).isEqualTo("503 broken");
		assertThat(failed("").detail()).isEmpty();
	}

	@Test
	void takesAParentForLocalWhereNothingSaysThatItIsRemote() {
		for (int flags : new int[] { 0, 1, 0x100, 0x200, LOCAL_PARENT }) {
			assertThat(
					ConsoleSpan.of("shop", span(2, 1, "GET /", Span.SpanKind.SPAN_KIND_SERVER, flags)).remoteParent())
				.as(Integer.toHexString(flags))
				.isFalse();
		}
	}

	@Test
	void showsSpansOfAKindAndAServiceThatNobodyKnows() {
		Span span = Span.newBuilder(span(1, 0, "GET /", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT))
			.setKindValue(99)
			.build();
		assertThat(this.console.deliver(payload("", span))).isCompletedWithValue(Outcome.delivered(0));
		letTimePass();
		assertThat(this.log.lines()).singleElement().asString().contains("GET /");
	}

	@Test
	void saysHowManyLogRecordsATraceHas() {
		String trace = HexFormat.of().formatHex(id(16, 7).toByteArray());
		this.logs
			.add(List.of(logged(trace, 9), logged(trace, 13), logged(trace, 17), logged(trace, 21), logged("", 17)));
		deliver(span(1, 0, "GET /", Span.SpanKind.SPAN_KIND_SERVER, LOCAL_PARENT));
		letTimePass();
		assertThat(this.log.lines()).singleElement().asString().contains(" ms, 4 log records, 2 ERROR, 1 WARN");
	}

	private static ConsoleRecord logged(String traceId, int severity) {
		return new ConsoleRecord(traceId, "", "shop", "com.example.Shop", 0, severity, "", "", Map.of(), false);
	}

	private static ConsoleSpan named(String name, KeyValue... attributes) {
		return ConsoleSpan.of("shop",
				span(1, 0, name, Span.SpanKind.SPAN_KIND_CLIENT, LOCAL_PARENT).toBuilder()
					.addAllAttributes(List.of(attributes))
					.build());
	}

	private static ConsoleSpan failed(String message, KeyValue... attributes) {
		return ConsoleSpan.of("shop",
				span(1, 0, "GET", Span.SpanKind.SPAN_KIND_CLIENT, LOCAL_PARENT).toBuilder()
					.addAllAttributes(List.of(attributes))
					.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage(message))
					.build());
	}

	private static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

	private void letTimePass() {
		List<Runnable> due = List.copyOf(this.waiting);
		this.waiting.clear();
		due.forEach(Runnable::run);
	}

	private TraceConsole console(boolean log) {
		return new TraceConsole(this.store, this.logs, log, (delay, task) -> {
			this.delays.add(delay);
			this.waiting.add(task);
		});
	}

	private void deliver(Span... spans) {
		assertThat(this.console.deliver(payload("shop", spans))).isCompletedWithValue(Outcome.delivered(0));
	}

	private static Payload payload(String service, Span... spans) {
		ResourceSpans.Builder resource = ResourceSpans.newBuilder()
			.addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans)));
		if (!service.isEmpty()) {
			resource.setResource(Resource.newBuilder()
				.addAttributes(KeyValue.newBuilder()
					.setKey("service.name")
					.setValue(AnyValue.newBuilder().setStringValue(service))));
		}
		return PayloadFixtures.traces(ExportTraceServiceRequest.newBuilder().addResourceSpans(resource).build());
	}

	private static Span span(int id, int parent, String name, Span.SpanKind kind, int flags) {
		Span.Builder span = Span.newBuilder()
			.setTraceId(id(16, 7))
			.setSpanId(id(8, id))
			.setName(name)
			.setKind(kind)
			.setFlags(flags)
			.setStartTimeUnixNano(1_000_000)
			.setEndTimeUnixNano(2_000_000);
		return ((parent != 0) ? span.setParentSpanId(id(8, parent)) : span).build();
	}

	private static ByteString id(int length, int value) {
		byte[] id = new byte[length];
		id[length - 1] = (byte) value;
		return ByteString.copyFrom(id);
	}

}
