package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;

/**
 * Instances of a service that all sample by one X-Ray, while virtual time passes.
 */
final class Fleet {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private final VirtualClock clock;

	private final StatefulXray xray;

	private final Random random = new Random(42);

	private final List<Instance> instances = new ArrayList<>();

	private long requests;

	private long sampled;

	private double expected;

	private int highestOfInstance;

	private int highestOfFleet;

	Fleet(VirtualClock clock, StatefulXray xray, int size) {
		this.clock = clock;
		this.xray = xray;
		for (int i = 0; i < size; i++) {
			XraySampler sampler = new XraySampler(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE, clock,
					this.random::nextDouble);
			SamplingPoller poller = new SamplingPoller(xray, sampler, "client" + i, clock, this.random::nextDouble,
					new RecordingLog());
			this.instances.add(new Instance(sampler, poller));
			// Instances do not start at once.
			clock.advance(Duration.ofMillis(10_000 / size));
			poller.runDue();
		}
	}

	/**
	 * Let time pass.
	 * @param seconds how much
	 * @param load requests by second and instance
	 */
	void run(int seconds, Load load) {
		for (int second = 0; second < seconds; second++) {
			int all = 0;
			int sampledOfAll = 0;
			for (int i = 0; i < this.instances.size(); i++) {
				int count = load.requests(second, i);
				int sampledOfOne = this.instances.get(i).request(count);
				this.highestOfInstance = Math.max(this.highestOfInstance, sampledOfOne);
				all += count;
				sampledOfAll += sampledOfOne;
			}
			count(all, sampledOfAll);
			Instant end = this.clock.instant().plusSeconds(1);
			poll(end);
			this.clock.set(end);
		}
	}

	private void count(int all, int sampledOfAll) {
		int reservoir = Math.min(all, this.xray.rule().reservoirSize());
		this.requests += all;
		this.sampled += sampledOfAll;
		this.expected += reservoir + (all - reservoir) * this.xray.rule().fixedRate();
		this.highestOfFleet = Math.max(this.highestOfFleet, sampledOfAll);
	}

	private void poll(Instant end) {
		for (Instance instance : this.instances) {
			while (instance.next.isBefore(end)) {
				this.clock.set(instance.next.isAfter(this.clock.instant()) ? instance.next : this.clock.instant());
				instance.next = instance.poller.runDue();
			}
		}
	}

	/**
	 * Begin to count anew.
	 */
	void reset() {
		this.requests = 0;
		this.sampled = 0;
		this.expected = 0;
		this.highestOfInstance = 0;
		this.highestOfFleet = 0;
	}

	/**
	 * Have everything told to X-Ray.
	 */
	void drain() {
		run(21, (second, instance) -> 0);
	}

	long requests() {
		return this.requests;
	}

	long sampled() {
		return this.sampled;
	}

	double expected() {
		return this.expected;
	}

	/**
	 * By how much too many were sampled.
	 */
	double deviation() {
		return this.sampled / this.expected - 1;
	}

	/**
	 * The most that one instance sampled in a second.
	 */
	int highestOfInstance() {
		return this.highestOfInstance;
	}

	/**
	 * The most that all instances sampled in a second.
	 */
	int highestOfFleet() {
		return this.highestOfFleet;
	}

	/**
	 * Requests of an instance in a second.
	 */
	interface Load {

		int requests(int second, int instance);

	}

	private static final class Instance {

		private final XraySampler sampler;

		private final SamplingPoller poller;

		private Instant next = VirtualClock.START;

		private Instance(XraySampler sampler, SamplingPoller poller) {
			this.sampler = sampler;
			this.poller = poller;
		}

		private int request(int count) {
			int sampled = 0;
			for (int i = 0; i < count; i++) {
				SamplingDecision decision = this.sampler
					.shouldSample(Context.root(), TRACE, "GET", SpanKind.SERVER, Attributes.empty(), List.of())
					.getDecision();
				sampled += (decision == SamplingDecision.RECORD_AND_SAMPLE) ? 1 : 0;
			}
			return sampled;
		}

	}

}
