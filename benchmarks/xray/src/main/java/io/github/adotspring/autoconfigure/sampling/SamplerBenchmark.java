package io.github.adotspring.autoconfigure.sampling;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.internal.AttributesMap;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to decide about a span by 25 rules and the default one. No rule has a
 * target, so that one request a second is borrowed, and a rate decides about the others.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch" })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SamplerBenchmark {

	/** A power of two. */
	private static final int TRACES = 256;

	private static final int TRIALS = 10_000;

	/** Rates of rules differ by more; the share of so many trials does not, by chance. */
	private static final double TOLERANCE = 0.02;

	private static final String TRACE = "5759e988bd862e3fe1be46a994272793";

	private static final String SPAN = "53995c3f42cd8ad8";

	private final Context localParent = parent(
			SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault()));

	private final Context remoteParent = parent(SpanContext.createFromRemoteParent(TRACE, SPAN, TraceFlags.getSampled(),
			TraceState.builder().put("xrsr", "9f86d081884c7d65").build()));

	private final String[] traces = Stream.generate(IdGenerator.random()::generateTraceId)
		.limit(TRACES)
		.toArray(String[]::new);

	private int next;

	@Param
	private Library library;

	private Attributes ofFirstRule;

	private Attributes ofLastRule;

	private Sampler sampler;

	@Setup
	public void makeSampler() throws IOException {
		this.ofFirstRule = startAttributes(this.library.attributes(Request.FIRST_RULE));
		this.ofLastRule = startAttributes(this.library.attributes(Request.LAST_RULE));
		this.sampler = this.library.sampler();
		requireShare(Context.root(), this.ofFirstRule, Request.FIRST_RULE.rate);
		requireShare(Context.root(), this.ofLastRule, Request.LAST_RULE.rate);
		requireShare(this.localParent, this.ofLastRule, 1);
		requireShare(this.remoteParent, this.ofLastRule, 1);
	}

	/**
	 * In the map that the SDK hands to its sampler.
	 */
	@SuppressWarnings("unchecked")
	private static Attributes startAttributes(Attributes attributes) {
		AttributesMap map = AttributesMap.create(128, Integer.MAX_VALUE);
		attributes.forEach((key, value) -> map.putIfCapacity((AttributeKey<Object>) key, value));
		return map;
	}

	/**
	 * Which rule has decided shows in how many it samples.
	 */
	private void requireShare(Context parent, Attributes attributes, double rate) {
		long sampled = Stream.generate(IdGenerator.random()::generateTraceId)
			.limit(TRIALS)
			.filter((trace) -> decide(parent, trace, attributes).getDecision() == SamplingDecision.RECORD_AND_SAMPLE)
			.count();
		if (Math.abs((double) sampled / TRIALS - rate) > TOLERANCE) {
			throw new IllegalStateException(sampled + " of " + TRIALS + " were sampled, where the rate is " + rate);
		}
	}

	/** All rules are asked, but for the default one. */
	@Benchmark
	public SamplingResult root() {
		return decide(Context.root(), nextTrace(), this.ofLastRule);
	}

	/** One rule is asked. */
	@Benchmark
	public SamplingResult rootOfFirstRule() {
		return decide(Context.root(), nextTrace(), this.ofFirstRule);
	}

	@Benchmark
	public SamplingResult child() {
		return decide(this.localParent, TRACE, this.ofLastRule);
	}

	@Benchmark
	public SamplingResult remoteChild() {
		return decide(this.remoteParent, TRACE, this.ofLastRule);
	}

	private String nextTrace() {
		return this.traces[this.next++ & (TRACES - 1)];
	}

	private SamplingResult decide(Context parent, String trace, Attributes attributes) {
		return this.sampler.shouldSample(parent, trace, "GET", SpanKind.SERVER, attributes, List.of());
	}

	@TearDown
	public void closeSampler() throws IOException {
		if (this.sampler instanceof Closeable closeable) {
			closeable.close();
		}
	}

	private static Context parent(SpanContext span) {
		return Context.root().with(Span.wrap(span));
	}

	/**
	 * Whose sampler it is.
	 */
	public enum Library {

		/**
		 * OpenTelemetry contrib's, which knows only the names that attributes once had.
		 */
		contrib {

			@Override
			Sampler sampler() throws IOException {
				return ContribSampler.withRules(SamplingRulesJson.read(), SERVICE);
			}

			@Override
			Attributes attributes(Request request) {
				return Attributes.builder()
					.put("http.method", request.method)
					.put("http.scheme", "https")
					.put("http.target", request.path)
					.put("net.host.name", Request.HOST)
					.put("net.host.port", 443)
					.put("http.client_ip", Request.CLIENT)
					.put("http.user_agent", Request.AGENT)
					.build();
			}

		},

		/** Ours. */
		adot {

			@Override
			Sampler sampler() throws IOException {
				SamplingRuleReader reader = new SamplingRuleReader();
				reader.readPage(SamplingRulesJson.read(), "the document");
				Clock clock = Clock.systemUTC();
				XraySampler sampler = new XraySampler(SampledService.of(SERVICE), NOT_ADAPTIVE, clock,
						() -> ThreadLocalRandom.current().nextDouble());
				sampler.renewRules(reader.rules(), clock.instant());
				return sampler;
			}

			@Override
			Attributes attributes(Request request) {
				return Attributes.builder()
					.put("http.request.method", request.method)
					.put("url.scheme", "https")
					.put("url.path", request.path)
					.put("server.address", Request.HOST)
					.put("server.port", 443)
					.put("client.address", Request.CLIENT)
					.put("user_agent.original", Request.AGENT)
					.build();
			}

		};

		private static final Resource SERVICE = Resource.create(Attributes.builder()
			.put("service.name", "shop")
			.put("cloud.platform", "aws_ecs")
			.put("aws.ecs.container.arn", "arn:aws:ecs:eu-central-1:123456789012:container/shop/1/2")
			.build());

		private static final AdaptiveSettings NOT_ADAPTIVE = new AdaptiveSettings(true, null, 1, Duration.ofMinutes(1));

		abstract Sampler sampler() throws IOException;

		/**
		 * What a server knows of a request when its span starts.
		 */
		abstract Attributes attributes(Request request);

	}

	/**
	 * Which rule the request is for.
	 */
	enum Request {

		/** The rule that is asked first. */
		FIRST_RULE("POST", "/checkout/4711", 0.1),

		/** The last one before the default rule. */
		LAST_RULE("GET", "/api/orders/4711/items", 0.05);

		static final String HOST = "shop.example.com";

		static final String CLIENT = "203.0.113.7";

		static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

		private final String method;

		private final String path;

		private final double rate;

		Request(String method, String path, double rate) {
			this.method = method;
			this.path = path;
			this.rate = rate;
		}

	}

}
