package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import org.jspecify.annotations.Nullable;

/**
 * Instances of a service that all sample by one X-Ray, while virtual time passes. Every
 * rule gets the same load; it has to match the path {@code /} and its name, or be the
 * only one.
 */
final class Fleet {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

	/** X-Ray's SDKs do not use rules longer. */
	private static final Duration RULES_ARE_USED = Duration.ofHours(1);

	/** What a sampler does that has no rules. */
	private static final SamplingRule FALLBACK = SamplingRules.rule("fallback", 1, 0.05, 1);

	/** Standard deviations that chance is given in each of millions of seconds. */
	private static final int ROOM = 8;

	private final VirtualClock clock;

	private final SamplingApi xray;

	private final Supplier<List<SamplingRule>> rules;

	private final IntFunction<@Nullable IOException> outage;

	private final Random random = new Random(42);

	private final List<Instance> instances = new ArrayList<>();

	private final Map<String, Tally> tallies = new LinkedHashMap<>();

	private int started;

	private double overshoot;

	private int highestOfFleet;

	/**
	 * Create a fleet, of no instances yet.
	 * @param clock virtual time
	 * @param xray what all instances ask
	 * @param rules the rules that X-Ray has at the time
	 * @param outage how a call of an instance fails, {@code null} if it does not
	 */
	Fleet(VirtualClock clock, SamplingApi xray, Supplier<List<SamplingRule>> rules,
			IntFunction<@Nullable IOException> outage) {
		this.clock = clock;
		this.xray = xray;
		this.rules = rules;
		this.outage = outage;
	}

	/**
	 * Start instances, or stop those that were started last without another word.
	 */
	void scale(int size) {
		while (this.instances.size() > size) {
			this.instances.remove(this.instances.size() - 1);
		}
		int missing = size - this.instances.size();
		for (int i = 0; i < missing; i++) {
			this.instances.add(new Instance(this.started++));
			// Instances do not start at once.
			this.clock.advance(Duration.ofMillis(10_000 / missing));
			this.instances.get(this.instances.size() - 1).poll();
		}
	}

	/**
	 * Let time pass.
	 * @param seconds how much
	 * @param load requests by second and instance
	 */
	void run(int seconds, Load load) {
		for (int second = 0; second < seconds; second++) {
			int sampledOfAll = 0;
			for (SamplingRule rule : this.rules.get()) {
				sampledOfAll += request(rule, load, second);
			}
			this.highestOfFleet = Math.max(this.highestOfFleet, sampledOfAll);
			Instant end = this.clock.instant().plusSeconds(1);
			poll(end);
			this.clock.set(end);
		}
	}

	private int request(SamplingRule rule, Load load, int second) {
		Attributes attributes = Attributes.of(PATH, "/" + rule.name());
		int all = 0;
		int sampledOfAll = 0;
		for (int i = 0; i < this.instances.size(); i++) {
			Instance instance = this.instances.get(i);
			int count = load.requests(second, i);
			int sampled = instance.request(attributes, count);
			this.overshoot = Math.max(this.overshoot, sampled - instance.most(rule, count));
			all += count;
			sampledOfAll += sampled;
		}
		int reservoir = Math.min(all, rule.reservoirSize());
		this.tallies.merge(rule.name(), new Tally(all, sampledOfAll, reservoir + (all - reservoir) * rule.fixedRate()),
				Tally::plus);
		return sampledOfAll;
	}

	private void poll(Instant end) {
		for (Instance instance : this.instances) {
			while (instance.next.isBefore(end)) {
				this.clock.set(instance.next.isAfter(this.clock.instant()) ? instance.next : this.clock.instant());
				instance.poll();
			}
		}
	}

	/**
	 * Begin to count anew.
	 */
	void reset() {
		this.tallies.clear();
		this.overshoot = 0;
		this.highestOfFleet = 0;
	}

	/**
	 * Have everything told to X-Ray.
	 */
	void drain() {
		run(21, (second, instance) -> 0);
	}

	/**
	 * What was requested and sampled by all rules.
	 */
	Tally all() {
		return this.tallies.values().stream().reduce(new Tally(0, 0, 0), Tally::plus);
	}

	/**
	 * What was requested and sampled by a rule.
	 */
	Tally of(String rule) {
		return this.tallies.get(rule);
	}

	/**
	 * By how much an instance was in a second above one reservoir and its share by the
	 * rate, of the rules that X-Ray had told it; at most.
	 */
	double overshoot() {
		return this.overshoot;
	}

	/**
	 * The most that all instances sampled in a second.
	 */
	int highestOfFleet() {
		return this.highestOfFleet;
	}

	/**
	 * Requests of an instance in a second, by each rule.
	 */
	interface Load {

		int requests(int second, int instance);

	}

	/**
	 * Sums.
	 *
	 * @param requests all requests
	 * @param sampled those that were sampled
	 * @param expected those that the reservoir and the rate ask for
	 */
	record Tally(long requests, long sampled, double expected) {

		private Tally plus(Tally other) {
			return new Tally(this.requests + other.requests, this.sampled + other.sampled,
					this.expected + other.expected);
		}

		/**
		 * By how much too many were sampled.
		 */
		double deviation() {
			return this.sampled / this.expected - 1;
		}

	}

	private final class Instance implements SamplingApi {

		private final int number;

		private final XraySampler sampler;

		private final SamplingPoller poller;

		private Instant next = VirtualClock.START;

		private List<SamplingRule> told = List.of();

		private Instant toldAt = VirtualClock.START;

		private Instance(int number) {
			Fleet fleet = Fleet.this;
			this.number = number;
			this.sampler = new XraySampler(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE, fleet.clock,
					fleet.random::nextDouble);
			this.poller = new SamplingPoller(this, this.sampler, "%024x".formatted(number), fleet.clock,
					fleet.random::nextDouble, new RecordingLog());
		}

		private void poll() {
			this.next = this.poller.runDue();
		}

		private int request(Attributes attributes, int count) {
			int sampled = 0;
			for (int i = 0; i < count; i++) {
				SamplingDecision decision = this.sampler
					.shouldSample(Context.root(), TRACE, "GET", SpanKind.SERVER, attributes, List.of())
					.getDecision();
				sampled += (decision == SamplingDecision.RECORD_AND_SAMPLE) ? 1 : 0;
			}
			return sampled;
		}

		private double most(SamplingRule rule, int count) {
			SamplingRule known = knows(rule.name());
			double mean = known.fixedRate() * count;
			return known.reservoirSize() + mean + ROOM * Math.sqrt(mean);
		}

		private SamplingRule knows(String name) {
			boolean used = this.toldAt.plus(RULES_ARE_USED).isAfter(Fleet.this.clock.instant());
			return this.told.stream().filter((rule) -> used && rule.name().equals(name)).findFirst().orElse(FALLBACK);
		}

		@Override
		public List<SamplingRule> rules() throws IOException {
			call();
			this.told = Fleet.this.xray.rules();
			this.toldAt = Fleet.this.clock.instant();
			return this.told;
		}

		@Override
		public Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts)
				throws IOException {
			call();
			return Fleet.this.xray.targets(clientId, statistics, boosts);
		}

		private void call() throws IOException {
			IOException failure = Fleet.this.outage.apply(this.number);
			if (failure != null) {
				throw failure;
			}
		}

	}

}
