package io.github.adotspring.autoconfigure.sampling;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class XraySamplerTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final Attributes REQUEST = Attributes.of(AttributeKey.stringKey("url.path"), "/orders/7",
			AttributeKey.stringKey("http.request.method"), "GET", AttributeKey.stringKey("server.address"), "shop");

	private final VirtualClock clock = new VirtualClock();

	private double random = 0.5;

	private final XraySampler sampler = new XraySampler(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE, this.clock,
			() -> this.random);

	@Test
	void childDoesAsItsParentWithoutAnyRule() {
		this.sampler.renewRules(List.of(SamplingRules.rule("a", 1, 1, 0)), VirtualClock.START);
		assertThat(sample(parent(false)).getDecision()).isEqualTo(SamplingDecision.DROP);
		assertThat(sample(parent(true)).getDecision()).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
		assertThat(sample(parent(true)).getAttributes()).isEqualTo(Attributes.empty());
		assertThat(this.sampler.rules().state("a").take(VirtualClock.START)).isNull();
	}

	@Test
	void rootTellsItsRuleByNameAndHash() {
		this.sampler.renewRules(List.of(SamplingRules.rule("test", 1, 1, 0)), VirtualClock.START);
		SamplingResult result = sample(Context.root());
		assertThat(result.getDecision()).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
		assertThat(result.getAttributes()).isEqualTo(Attributes.of(RuleResult.RULE, "test"));
		assertThat(result.getUpdatedTraceState(TraceState.getDefault()).get("xrsr")).isEqualTo("9f86d081884c7d65");
		TraceState given = TraceState.builder().put("k", "v").build();
		assertThat(result.getUpdatedTraceState(given).asMap()).containsEntry("k", "v")
			.containsEntry("xrsr", "9f86d081884c7d65");
	}

	@Test
	void rootThatIsNotSampledIsCounted() {
		this.sampler.renewRules(List.of(SamplingRules.rule("a", 1, 0.5, 0)), VirtualClock.START);
		assertThat(sample(Context.root()).getDecision()).isEqualTo(SamplingDecision.DROP);
		assertThat(this.sampler.rules().state("a").take(VirtualClock.START))
			.isEqualTo(new RuleStatistics("a", VirtualClock.START, 1, 0, 0));
	}

	@Test
	void withoutRulesOneASecondAndFivePercentAreSampled() {
		assertThat(isFallback()).isTrue();
	}

	@Test
	void rulesOfAnHourAgoAreNotAskedUntilTheyCameAgain() {
		this.sampler.renewRules(List.of(SamplingRules.rule("a", 1, 1, 0)), VirtualClock.START);
		this.clock.advance(Duration.ofSeconds(3601));
		assertThat(isFallback()).isTrue();
		this.sampler.renewRules(List.of(SamplingRules.rule("a", 1, 1, 0)), this.clock.instant());
		assertThat(sample(Context.root()).getAttributes().get(RuleResult.RULE)).isEqualTo("a");
	}

	@Test
	void requestThatNoRuleMatchesIsSampledAsWithoutRules() {
		this.sampler.renewRules(List.of(SamplingRules.ofPath("a", 1, "/cart")), VirtualClock.START);
		assertThat(isFallback()).isTrue();
	}

	@Test
	void decisionsAllocateNextToNothing() {
		XraySampler sampler = new XraySampler(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE, this.clock,
				() -> ThreadLocalRandom.current().nextDouble());
		List<SamplingRule> rules = new ArrayList<>();
		for (int i = 0; i < 25; i++) {
			rules.add(SamplingRules.ofPath("r" + i, i, "/api/*/" + i));
		}
		rules.add(SamplingRules.rule("Default", 10000, 0.05, 1));
		sampler.renewRules(rules, VirtualClock.START);
		assertThat(bytesPerDecision(sampler, parent(true))).isLessThan(1);
		assertThat(bytesPerDecision(sampler, Context.root())).isLessThan(64);
	}

	private double bytesPerDecision(XraySampler sampler, Context context) {
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		int rounds = 20_000;
		long bytes = 0;
		for (int warm = 0; warm < 5; warm++) {
			long before = threads.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < rounds; i++) {
				sampler.shouldSample(context, TRACE, "GET", SpanKind.SERVER, REQUEST, List.of());
			}
			bytes = threads.getCurrentThreadAllocatedBytes() - before;
		}
		return (double) bytes / rounds;
	}

	private boolean isFallback() {
		this.random = 0.05;
		SamplingResult first = sample(Context.root());
		assertThat(first.getAttributes()).isEqualTo(Attributes.empty());
		boolean second = isSampled();
		this.random = 0.049;
		boolean byRate = isSampled();
		this.random = 0.05;
		this.clock.advance(Duration.ofSeconds(1));
		return first.getDecision() == SamplingDecision.RECORD_AND_SAMPLE && !second && byRate && isSampled();
	}

	private boolean isSampled() {
		return sample(Context.root()).getDecision() == SamplingDecision.RECORD_AND_SAMPLE;
	}

	private SamplingResult sample(Context context) {
		return this.sampler.shouldSample(context, TRACE, "GET", SpanKind.SERVER, REQUEST, List.of());
	}

	private static Context parent(boolean sampled) {
		return Context.root()
			.with(Span.wrap(SpanContext.create(TRACE, "b7ad6b7169203331",
					sampled ? TraceFlags.getSampled() : TraceFlags.getDefault(), TraceState.getDefault())));
	}

}
