package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The sampler by X-Ray's rules where the SDK has one, and the thread that keeps it up to
 * date while the application context runs.
 */
final class CentralSampling implements SmartLifecycle, SamplingReport {

	private static final int CLIENT_ID_DIGITS = 24;

	private final InstantSource clock;

	private final DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

	private volatile @Nullable Sampling current;

	private @Nullable SamplingThread thread;

	private boolean running;

	CentralSampling(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * The sampler of an SDK. It takes no call and no thread until the context has
	 * started.
	 */
	synchronized Sampler sampler(SamplingSource source, Resource resource, AdaptiveSettings adaptive) {
		XraySampler sampler = new XraySampler(SampledService.of(resource), adaptive, this.clock, this.random);
		this.current = new Sampling(source, sampler, new SamplingPoller(source.api(), sampler, clientId(), this.clock,
				this.random, LogFactory.getLog(CentralSampling.class)),
				new AnomalySampling(adaptive, sampler, this.clock));
		if (this.running) {
			stop();
			start();
		}
		return sampler;
	}

	private static String clientId() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		StringBuilder id = new StringBuilder(CLIENT_ID_DIGITS);
		while (id.length() < CLIENT_ID_DIGITS) {
			id.append(Character.forDigit(random.nextInt(16), 16));
		}
		return id.toString();
	}

	/**
	 * Have the spans of an SDK looked at for anomalies before they go to a processor.
	 * @return the processor itself where X-Ray's rules are not what decides
	 */
	SpanProcessor watched(SpanProcessor processor) {
		Sampling sampling = this.current;
		return (sampling != null) ? new AnomalySpanProcessor(sampling.anomalies(), processor) : processor;
	}

	@Override
	public synchronized void start() {
		Sampling sampling = this.current;
		if (sampling != null) {
			this.thread = new SamplingThread(
					() -> Duration.between(this.clock.instant(), sampling.poller().runDue()).toMillis());
		}
		this.running = true;
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.end();
			this.thread = null;
		}
		Sampling sampling = this.current;
		if (sampling != null) {
			sampling.source().api().release();
		}
		this.running = false;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	@Override
	public @Nullable SamplingStatus status() {
		Sampling sampling = this.current;
		return (sampling != null) ? sampling.status(this.clock.millis()) : null;
	}

	@Override
	public @Nullable SamplingExplanation explain(@Nullable String method, @Nullable String path,
			@Nullable String host) {
		Sampling sampling = this.current;
		return (sampling != null) ? sampling.explain(request(method, path, host)) : null;
	}

	private static Attributes request(@Nullable String method, @Nullable String path, @Nullable String host) {
		AttributesBuilder attributes = Attributes.builder();
		attributes.put("http.request.method", method);
		attributes.put("url.path", path);
		attributes.put("server.address", host);
		return attributes.build();
	}

	/**
	 * A sampler with what keeps it up to date.
	 *
	 * @param source where its rules come from
	 * @param sampler the sampler
	 * @param poller polls for it
	 * @param anomalies looks for anomalies
	 */
	private record Sampling(SamplingSource source, XraySampler sampler, SamplingPoller poller,
			AnomalySampling anomalies) {

		SamplingStatus status(long now) {
			RuleSet rules = this.sampler.rules();
			return new SamplingStatus(this.source.description(), rules.isStale(now),
					this.poller.rulesFigures().status(), this.poller.targetsFigures().status(), this.anomalies.status(),
					rules.states().stream().map((state) -> state.status(now)).toList());
		}

		SamplingExplanation explain(Attributes request) {
			List<SamplingExplanation.Answer> answers = new ArrayList<>();
			for (RuleSet.Explanation explanation : this.sampler.rules().explain(request)) {
				Mismatch mismatch = explanation.mismatch();
				SamplingRule rule = explanation.rule();
				answers.add(new SamplingExplanation.Answer(rule.name(), rule.priority(), mismatch == null,
						(mismatch != null) ? mismatch.toString() : null));
				if (mismatch == null) {
					return new SamplingExplanation(rule.name(), answers);
				}
			}
			return new SamplingExplanation(null, answers);
		}

	}

}
