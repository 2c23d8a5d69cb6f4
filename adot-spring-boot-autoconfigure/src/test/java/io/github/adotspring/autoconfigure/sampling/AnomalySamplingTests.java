package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnomalySampling}, in an SDK.
 */
class AnomalySamplingTests {

	private static final Instant NOW = VirtualClock.START;

	private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

	private static final long START_MILLIS = 1000;

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private final VirtualClock clock = new VirtualClock();

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	private XraySampler sampler = sampler(SamplingRules.NOT_ADAPTIVE);

	private @Nullable AnomalySampling anomalies;

	private SdkTracerProvider provider = SdkTracerProvider.builder().build();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void traceThatIsNotSampledIsCapturedFromItsAnomalyOn() {
		start(capture(1), boosted("r", 0));
		Span server = server("/orders");
		child(server, "before").end();
		Span failing = child(server, "failing");
		failing.setStatus(StatusCode.ERROR);
		failing.end();
		child(server, "after").end();
		server.end();
		assertThat(exported()).containsExactly("failing", "after", "GET /orders");
		assertThat(this.exporter.getFinishedSpanItems()).allMatch((span) -> span.getSpanContext().isSampled());
		assertThat(span("GET /orders").getAttributes().asMap()).containsEntry(RuleResult.RULE, "r")
			.containsEntry(RuleResult.ADAPTIVE, true);
		assertThat(span("failing").getParentSpanId()).isEqualTo(server.getSpanContext().getSpanId());
		assertThat(server.getSpanContext().isSampled()).as("what others are told").isFalse();
	}

	@Test
	void tracesThatAreSampledAreExportedAsEver() {
		start(capture(1), rule("r", 1));
		Span server = server("/orders");
		server.setAttribute(STATUS, 500);
		server.end();
		assertThat(exported()).containsExactly("GET /orders");
		assertThat(this.anomalies.status().captured()).isZero();
	}

	@Test
	void soManyTracesAreCapturedInASecondAndTheRestIsCounted() {
		start(capture(2), rule("r", 0));
		for (int i = 0; i < 5; i++) {
			Span server = server("/orders");
			Span failing = child(server, "failing");
			failing.setStatus(StatusCode.ERROR);
			failing.end();
			server.setAttribute(STATUS, 500);
			server.end();
		}
		assertThat(exported()).hasSize(4);
		assertThat(this.anomalies.status()).isEqualTo(new SamplingStatus.Adaptive(true, true, 2, 3, 0));
		this.clock.advance(Duration.ofSeconds(1));
		fail(server("/orders"));
		assertThat(exported()).hasSize(5);
	}

	@Test
	void withoutConfigurationNothingIsCapturedThoughAnomaliesAreCounted() {
		start(SamplingRules.NOT_ADAPTIVE, boosted("r", 0));
		fail(server("/orders"));
		assertThat(exported()).isEmpty();
		assertThat(takeBoosts("r")).isEqualTo(new BoostStatistics("r", "shop", NOW, 1, 1, 0));
	}

	@Test
	void withoutBoostsAndConfigurationNothingIsRecorded() {
		start(SamplingRules.NOT_ADAPTIVE, rule("r", 0));
		assertThat(server("/orders").isRecording()).isFalse();
	}

	@Test
	void nothingIsRecordedWhereItIsSwitchedOff() {
		AdaptiveSettings on = capture(1);
		start(new AdaptiveSettings(false, on.local(), on.maxTraces(), on.traceTime()), boosted("r", 0));
		assertThat(server("/orders").isRecording()).isFalse();
		fail(sampledEntry("r"));
		assertThat(takeBoosts("r")).isNull();
	}

	@Test
	void eachTraceIsCountedOnceHoweverManySpansItHas() {
		start(SamplingRules.NOT_ADAPTIVE, boosted("r", 1));
		Span server = server("/orders");
		fail(child(server, "one"));
		fail(child(server, "two"));
		fail(server);
		server("/prices").end();
		assertThat(takeBoosts("r")).isEqualTo(new BoostStatistics("r", "shop", NOW, 2, 1, 1));
		assertThat(takeBoosts("r")).isNull();
	}

	@Test
	void traceOfAnotherServiceIsCountedForTheRuleThatItNames() {
		start(SamplingRules.NOT_ADAPTIVE, boosted("r", 0), boosted("other", 0));
		Span entry = entry(TraceState.builder().put("xrsr", RuleResult.hash("other")).build(), Context.root());
		fail(entry);
		assertThat(takeBoosts("r")).isNull();
		assertThat(takeBoosts("other")).isEqualTo(new BoostStatistics("other", "shop", NOW, 1, 1, 0));
	}

	@Test
	void ruleOfTheAdotAgentInBaggageGoesOnInTheTraceState() {
		start(SamplingRules.NOT_ADAPTIVE, boosted("r", 0));
		Context baggage = Context.root().with(Baggage.builder().put("xrsr", RuleResult.hash("r")).build());
		Span entry = entry(TraceState.getDefault(), baggage);
		assertThat(entry.getSpanContext().getTraceState().asMap()).isEqualTo(Map.of("xrsr", RuleResult.hash("r")));
		fail(entry);
		assertThat(takeBoosts("r").anomalies()).isEqualTo(1);
	}

	@Test
	void traceOfAnotherServiceThatNamesNoRuleIsCountedForNone() {
		start(SamplingRules.NOT_ADAPTIVE, boosted("r", 0));
		fail(entry(TraceState.getDefault(), Context.root()));
		assertThat(takeBoosts("r")).isNull();
	}

	@Test
	void faultIsNoAnomalyOfARuleThatSaysSo() {
		start(capture(1), new SamplingRule("r", 1, 0, 0, "*", "*", "*", "*", "*", "*", Map.of(),
				new SamplingRule.Boost(1, Duration.ZERO, false)));
		fail(server("/orders"));
		assertThat(exported()).isEmpty();
		assertThat(takeBoosts("r")).isEqualTo(new BoostStatistics("r", "shop", NOW, 1, 0, 0));
	}

	@ParameterizedTest
	@CsvSource({ "500, , true", "599, , true", "499, , false", "404, ERROR, false", ", ERROR, true", ", OK, false",
			", , false" })
	void byDefaultAFaultIsAnAnomaly(@Nullable Long status, @Nullable StatusCode code, boolean anomaly) {
		start(capture(1), rule("r", 0));
		Span server = server("/orders");
		if (status != null) {
			server.setAttribute(STATUS, status);
		}
		if (code != null) {
			server.setStatus(code);
		}
		server.end();
		assertThat(exported()).hasSize(anomaly ? 1 : 0);
	}

	@Test
	void emptyListOfConditionsIsForNothing() {
		start(conditions(), boosted("r", 0));
		fail(server("/orders"));
		assertThat(exported()).isEmpty();
		assertThat(takeBoosts("r").anomalies()).isZero();
	}

	@Test
	void useOfAConditionSaysWhatItIsGoodFor() {
		start(conditions(condition("^4\\d\\d$", null, AnomalyUse.SAMPLING_BOOST),
				condition("503", null, AnomalyUse.ANOMALY_TRACE_CAPTURE)), boosted("r", 0));
		end(server("/orders"), 404, 0);
		assertThat(exported()).isEmpty();
		assertThat(takeBoosts("r").anomalies()).isEqualTo(1);
		end(server("/orders"), 503, 0);
		assertThat(exported()).hasSize(1);
		assertThat(takeBoosts("r").anomalies()).isZero();
	}

	@Test
	void statusAndLatencyOfAConditionHaveBothToBeSo() {
		start(conditions(condition("^2\\d\\d$", 500, AnomalyUse.BOTH)), rule("r", 0));
		end(server("/quick"), 200, 499);
		end(server("/failed"), 500, 600);
		Span none = server("/without-status");
		end(none, null, 600);
		assertThat(exported()).isEmpty();
		end(server("/slow"), 200, 500);
		assertThat(exported()).containsExactly("GET /slow");
	}

	@ParameterizedTest
	@CsvSource({ "GET /orders, , true", "GET /orders/{id}, , true", "GET /, , false", ", , true",
			"GET /orders, checkout, false", "checkout, checkout, true" })
	void conditionOfAnOperationIsForItOnly(@Nullable String operation, @Nullable String local, boolean anomaly) {
		Set<String> operations = (operation != null) ? Set.of(operation) : Set.of();
		start(conditions(new AnomalyCondition(null, 0, operations, AnomalyUse.BOTH)), rule("r", 0));
		Span server = server("/orders/7");
		server.updateName("GET /orders/{id}");
		if (local != null) {
			server.setAttribute("aws.local.operation", local);
		}
		server.end();
		assertThat(exported()).hasSize(anomaly ? 1 : 0);
	}

	@Test
	void tracesAreCapturedBeforeThereAreRules() {
		start(capture(1));
		server("/takes-the-one-of-the-fallback").end();
		this.exporter.reset();
		fail(server("/orders"));
		assertThat(exported()).containsExactly("GET /orders");
	}

	@Test
	void spansInsideOfWhatIsLeftOutAreLeftOut() {
		start(capture(1), rule("r", 0));
		Span leftOut = Span
			.wrap(SpanContext.create(TRACE, "b7ad6b7169203331", TraceFlags.getDefault(), TraceState.getDefault()));
		assertThat(child(leftOut, "inside").isRecording()).isFalse();
	}

	@Test
	void ruleThatGetsABoostIsWatchedAndKeepsWhatItKnows() {
		start(SamplingRules.NOT_ADAPTIVE, rule("r", 0));
		server("/orders").end();
		this.sampler.renewRules(List.of(rule("r", 0), boosted("z", 0)), NOW);
		assertThat(server("/orders").isRecording()).isTrue();
		assertThat(this.sampler.rules().state("r").take(NOW).requests()).isEqualTo(2);
		this.sampler.renewRules(List.of(rule("r", 0)), NOW);
		assertThat(server("/orders").isRecording()).isFalse();
	}

	private void start(AdaptiveSettings settings, SamplingRule... rules) {
		this.sampler = sampler(settings);
		if (rules.length > 0) {
			this.sampler.renewRules(List.of(rules), NOW);
		}
		this.anomalies = new AnomalySampling(settings, this.sampler, this.clock);
		this.provider = SdkTracerProvider.builder()
			.setSampler(this.sampler)
			.addSpanProcessor(new AnomalySpanProcessor(this.anomalies, SimpleSpanProcessor.create(this.exporter)))
			.build();
	}

	private XraySampler sampler(AdaptiveSettings settings) {
		return new XraySampler(SamplingRules.SERVICE, settings, this.clock, () -> 0.5);
	}

	private Span server(String path) {
		return request(Context.root(), path);
	}

	private Span sampledEntry(String rule) {
		return request(remote(TraceFlags.getSampled(), TraceState.builder().put("xrsr", RuleResult.hash(rule)).build(),
				Context.root()), "/");
	}

	private Span entry(TraceState state, Context context) {
		return request(remote(TraceFlags.getDefault(), state, context), "/");
	}

	private static Context remote(TraceFlags flags, TraceState state, Context context) {
		return context.with(Span.wrap(SpanContext.createFromRemoteParent(TRACE, "b7ad6b7169203331", flags, state)));
	}

	private Span request(Context context, String path) {
		return builder("GET " + path, context).setSpanKind(SpanKind.SERVER)
			.setAttribute("http.request.method", "GET")
			.setAttribute("url.path", path)
			.startSpan();
	}

	private Span child(Span parent, String name) {
		return builder(name, Context.root().with(parent)).startSpan();
	}

	private SpanBuilder builder(String name, Context parent) {
		return this.provider.get("test")
			.spanBuilder(name)
			.setParent(parent)
			.setStartTimestamp(START_MILLIS, TimeUnit.MILLISECONDS);
	}

	private static void fail(Span span) {
		span.setStatus(StatusCode.ERROR);
		span.end();
	}

	private static void end(Span span, @Nullable Integer status, long millis) {
		if (status != null) {
			span.setAttribute(STATUS, status);
		}
		span.end(START_MILLIS + millis, TimeUnit.MILLISECONDS);
	}

	private @Nullable BoostStatistics takeBoosts(String rule) {
		return this.sampler.rules().state(rule).takeBoosts("shop", NOW);
	}

	private List<String> exported() {
		return this.exporter.getFinishedSpanItems().stream().map(SpanData::getName).toList();
	}

	private SpanData span(String name) {
		return this.exporter.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static AdaptiveSettings capture(int tracesPerSecond) {
		return settings(AnomalyConditions.byDefault(), tracesPerSecond);
	}

	private static AdaptiveSettings conditions(AnomalyCondition... conditions) {
		return settings(AnomalyConditions.anyOf(List.of(conditions)), 100);
	}

	private static AdaptiveSettings settings(AnomalyConditions conditions, int tracesPerSecond) {
		return new AdaptiveSettings(true, new AdaptiveSettings.Local(conditions, tracesPerSecond), 1000,
				Duration.ofMinutes(10));
	}

	private static AnomalyCondition condition(String status, @Nullable Integer latency, AnomalyUse use) {
		return new AnomalyCondition(Pattern.compile(status), latency, Set.of(), use);
	}

	private static SamplingRule rule(String name, double rate) {
		return SamplingRules.rule(name, 1, rate, 0);
	}

	private static SamplingRule boosted(String name, double rate) {
		return new SamplingRule(name, 1, rate, 0, "*", "*", "*", "*", "*", "*", Map.of(),
				new SamplingRule.Boost(1, Duration.ZERO, true));
	}

}
