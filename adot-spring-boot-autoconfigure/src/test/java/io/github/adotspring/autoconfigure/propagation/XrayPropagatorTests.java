package io.github.adotspring.autoconfigure.propagation;

import java.util.HashMap;
import java.util.Map;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XrayPropagator}.
 */
class XrayPropagatorTests {

	private static final String TRACE = "5759e988bd862e3fe1be46a994272793";

	private static final String ROOT = "Root=1-5759e988-bd862e3fe1be46a994272793";

	private static final String PARENT = "Parent=53995c3f42cd8ad8";

	private static final SpanContext OTHER = SpanContext.createFromRemoteParent("4bf92f3577b34da6a3ce929d0e0e4736",
			"00f067aa0ba902b7", TraceFlags.getSampled(), TraceState.builder().put("vendor", "1").build());

	private final XrayPropagator propagator = XrayPropagator.getInstance();

	@ParameterizedTest
	@ValueSource(strings = { ROOT + ";" + PARENT + ";Sampled=1", "Sampled=1;" + PARENT + ";" + ROOT,
			" " + ROOT + " ; " + PARENT + " ;\tSampled=1 ;", PARENT + ";;" + ROOT + ";Sampled=1;;",
			"Self=1-67891233-abcdef012345678912345678;" + ROOT + ";" + PARENT + ";Sampled=1",
			ROOT + ";" + PARENT + ";Sampled=1;CalledFrom=app;TotalTimeSoFar=112ms;novalue;=x",
			"Roots=1;Rooted=2;" + ROOT + ";Parents=3;" + PARENT + ";SampledBy=4;Sampled=1",
			"Root=1-5759E988-BD862E3FE1BE46A994272793;Parent=53995C3F42CD8AD8;Sampled=1",
			ROOT + ";" + PARENT + ";Sampled=1;Root=1-67891233-abcdef012345678912345678;Sampled=0" })
	void readsPairsInAnyOrderAndLeavesOutOthers(String header) {
		SpanContext span = extract(header);
		assertThat(span.getTraceId()).isEqualTo(TRACE);
		assertThat(span.getSpanId()).isEqualTo("53995c3f42cd8ad8");
		assertThat(span.isSampled()).isTrue();
		assertThat(span.getTraceState().isEmpty()).isTrue();
		assertThat(span.isRemote()).isTrue();
		assertThat(span.isValid()).isTrue();
		assertThat(span).hasToString("XrayParent[5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8, SAMPLED]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ";", "=", "Root", "Root=", PARENT + ";Sampled=1",
			"Self=1-67891233-abcdef012345678912345678", "Root=1-5759e988-bd862e3fe1be46a99427279",
			"Root=1-5759e988-bd862e3fe1be46a9942727930", "Root=2-5759e988-bd862e3fe1be46a994272793",
			"Root=1-5759e98g-bd862e3fe1be46a994272793", "Root=1-5759e988:bd862e3fe1be46a994272793",
			"Root=1-00000000-000000000000000000000000", "Root=5759e988bd862e3fe1be46a994272793",
			"Root=1-5759e988-bd862e3fe1be46a99427279\uff13", "root=1-5759e988-bd862e3fe1be46a994272793" })
	void headerThatNamesNoTraceIsAsNone(String header) {
		Context context = Context.root().with(Span.wrap(OTHER));
		assertThat(this.propagator.extract(context, header)).isSameAs(context);
	}

	@Test
	void headerThatIsNotThereIsNone() {
		assertThat(this.propagator.extract(Context.root(), Map.<String, String>of(), MapGetter.INSTANCE))
			.isSameAs(Context.root());
		assertThat(this.propagator.extract(Context.root(), (Map<String, String>) null, MapGetter.INSTANCE))
			.isSameAs(Context.root());
	}

	@Test
	void headerThatIsTooLongIsNotRead() {
		String padding = ";x=" + "y".repeat(XrayHeader.MAX_LENGTH - ROOT.length() - 3);
		assertThat(extract(ROOT + padding).isValid()).isTrue();
		assertThat(extract(ROOT + padding + "y").isValid()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "Sampled=1, true, false", "Sampled=0, false, false", "Sampled=?, false, true", "Sampled=, false, true",
			"Sampled=2, false, true", "Sampled=11, false, true", "x=1, false, true" })
	void decisionIsThatOfTheHeaderOrLeftToUs(String decision, boolean sampled, boolean deferred) {
		for (String header : new String[] { ROOT + ";" + PARENT + ";" + decision, ROOT + ";" + decision }) {
			SpanContext span = extract(header);
			assertThat(span.getTraceId()).isEqualTo(TRACE);
			assertThat(span.isSampled()).isEqualTo(sampled);
			assertThat(XrayParent.isDeferred(span)).isEqualTo(deferred);
			assertThat(span.isRemote()).isTrue();
			assertThat(span.isValid()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ";Parent=", ";Parent=0000000000000000", ";Parent=53995c3f42cd8ad", ";Parent=nonsense",
			";Parent=53995c3f42cd8adg" })
	void traceWithoutASpanIsContinued(String parent) {
		SpanContext span = extract(ROOT + parent);
		assertThat(span.getTraceId()).isEqualTo(TRACE);
		assertThat(span.isValid()).isTrue();
		assertThat(XrayParent.isUnknown(span)).isTrue();
	}

	@Test
	void headerThatNamesASpanReplacesWhatAnotherPropagatorFound() {
		Context extracted = this.propagator.extract(Context.root().with(Span.wrap(OTHER)), ROOT + ";" + PARENT);
		assertThat(Span.fromContext(extracted).getSpanContext().getTraceId()).isEqualTo(TRACE);
		assertThat(Span.fromContext(extracted).getSpanContext().getTraceState().isEmpty()).isTrue();
	}

	@Test
	void headerThatNamesNoSpanDoesNot() {
		Context context = Context.root().with(Span.wrap(OTHER));
		assertThat(this.propagator.extract(context, ROOT + ";Sampled=1")).isSameAs(context);
	}

	@Test
	void traceStateOfTheSameTraceIsKept() {
		String header = "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;" + PARENT + ";Sampled=0";
		SpanContext span = Span.fromContext(this.propagator.extract(Context.root().with(Span.wrap(OTHER)), header))
			.getSpanContext();
		assertThat(span.getTraceState().get("vendor")).isEqualTo("1");
		assertThat(span.getSpanId()).isEqualTo("53995c3f42cd8ad8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1:a87bd80c:0", "0:a87bd80c:255", "32767:A87BD80C:1" })
	void lineageGoesOnWithTheTraceAndIsNoBaggage(String lineage) {
		Context extracted = this.propagator.extract(Context.root(), ROOT + ";" + PARENT + ";Lineage=" + lineage);
		assertThat(Baggage.fromContext(extracted).isEmpty()).isTrue();
		Span ours = Span
			.wrap(SpanContext.create(TRACE, "00f067aa0ba902b7", TraceFlags.getSampled(), TraceState.getDefault()));
		assertThat(inject(extracted.with(ours)))
			.containsOnly(Map.entry("X-Amzn-Trace-Id", ROOT + ";Parent=00f067aa0ba902b7;Sampled=1;Lineage=" + lineage));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", "::", "1:a87bd80c", "1:a87bd80c:", ":a87bd80c:0", "32768:a87bd80c:0",
			"1:a87bd80c:256", "1:a87bd80:0", "1:a87bd80cc:0", "1:a87bd80g:0", "-1:a87bd80c:0", "1:a87bd80c:0:1",
			"999999999999:a87bd80c:0" })
	void lineageThatIsNoneIsLeftOut(String lineage) {
		String header = ROOT + ";" + PARENT + ";Sampled=1";
		assertThat(this.propagator.header(this.propagator.extract(Context.root(), header + ";Lineage=" + lineage)))
			.isEqualTo(header);
	}

	@ParameterizedTest
	@ValueSource(strings = { ROOT + ";" + PARENT + ";Sampled=1", ROOT + ";" + PARENT + ";Sampled=0",
			ROOT + ";" + PARENT + ";Sampled=?", ROOT + ";Sampled=1", ROOT + ";Sampled=?",
			ROOT + ";" + PARENT + ";Sampled=1;Lineage=32767:a87bd80c:255" })
	void applicationThatOnlyPassesATraceOnChangesNothing(String header) {
		assertThat(inject(this.propagator.extract(Context.root(), header)))
			.containsOnly(Map.entry("X-Amzn-Trace-Id", header));
	}

	@Test
	void contextWithoutASpanIsNotCarried() {
		Context baggage = Context.root().with(Baggage.builder().put("customer", "7").build());
		assertThat(inject(baggage)).isEmpty();
	}

	@Test
	void baggageIsLeftToAnotherPropagator() {
		Context context = Context.root().with(Span.wrap(OTHER)).with(Baggage.builder().put("customer", "7").build());
		assertThat(inject(context)).containsOnlyKeys("X-Amzn-Trace-Id");
		assertThat(this.propagator.fields()).containsExactly("X-Amzn-Trace-Id");
	}

	private SpanContext extract(String header) {
		return Span
			.fromContext(this.propagator.extract(Context.root(), Map.of("X-Amzn-Trace-Id", header), MapGetter.INSTANCE))
			.getSpanContext();
	}

	private Map<String, String> inject(Context context) {
		Map<String, String> carrier = new HashMap<>();
		this.propagator.inject(context, carrier, Map::put);
		return carrier;
	}

	private enum MapGetter implements TextMapGetter<Map<String, String>> {

		INSTANCE;

		@Override
		public Iterable<String> keys(Map<String, String> carrier) {
			return carrier.keySet();
		}

		@Override
		public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
			return (carrier != null) ? carrier.get(key) : null;
		}

	}

}
