package io.github.adotspring.autoconfigure;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.sampling.SamplingReport;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what each sampler decides in an application.
 */
class SamplersTests {

	private static final String SAMPLING = "management.adot.tracing.sampling.";

	private static final String BOOT = "management.tracing.sampling.probability=";

	/** So few that an application samples one and never another. */
	private static final String ONE = "traces-per-second=0.00001";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			sampler=always-on                                               | true  | true  | true
			sampler=always-off                                              | false | false | false
			sampler=ratio,probability=1                                     | true  | true  | true
			sampler=ratio,probability=0                                     | false | false | false
			sampler=rate-limited,traces-per-second=1000                     | true  | true  | true
			sampler=rate-limited,traces-per-second=0.00001                  | true  | false | false
			sampler=parent-based-always-on                                  | true  | true  | false
			sampler=parent-based-always-off                                 | false | true  | false
			sampler=parent-based-ratio,probability=1                        | true  | true  | false
			sampler=parent-based-ratio,probability=0                        | false | true  | false
			sampler=parent-based-rate-limited,traces-per-second=0.00001     | true  | true  | false
			probability=0                                                   | false | true  | false
			traces-per-second=0.00001                                       | true  | true  | false
			""")
	void decides(String properties, boolean root, boolean sampledParent, boolean unsampledParent) {
		try (TestApplication application = start(
				Stream.of(properties.split(",")).map(SAMPLING::concat).toArray(String[]::new))) {
			Tracer tracer = tracer(application);
			assertThat(isSampled(tracer, Context.root())).as("root").isEqualTo(root);
			assertThat(isSampled(tracer, caller(true))).as("sampled parent").isEqualTo(sampledParent);
			assertThat(isSampled(tracer, caller(false))).as("unsampled parent").isEqualTo(unsampledParent);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "1, true" })
	void rulesDecideOnRootsOnly(String rate, boolean root) {
		try (TestApplication application = start(SAMPLING + "sampler=xray", SAMPLING + "rules[0].rule-name=all",
				SAMPLING + "rules[0].priority=1", SAMPLING + "rules[0].fixed-rate=" + rate,
				SAMPLING + "rules[0].reservoir-size=0")) {
			SamplingReport report = application.bean(SamplingReport.class);
			Awaitility.await().until(() -> !report.status().fallback());
			Tracer tracer = tracer(application);
			for (int i = 0; i < 20; i++) {
				assertThat(isSampled(tracer, Context.root())).as("root").isEqualTo(root);
				assertThat(isSampled(tracer, caller(true))).as("sampled parent").isTrue();
				assertThat(isSampled(tracer, caller(false))).as("unsampled parent").isFalse();
			}
			assertThat(report.status().rules()).singleElement()
				.satisfies((rule) -> assertThat(rule.requests()).isEqualTo(20));
		}
	}

	@ParameterizedTest
	@CsvSource({ "0.0, false, 'root:TraceIdRatioBased{0.000000}'", "1.0, true, 'root:TraceIdRatioBased{1.000000}'" })
	void probabilityOfBootDecidesOnRootsWhereNothingElseIsSet(String probability, boolean root, String sampler) {
		try (TestApplication application = start(BOOT + probability)) {
			Tracer tracer = tracer(application);
			for (int i = 0; i < 50; i++) {
				assertThat(isSampled(tracer, Context.root())).isEqualTo(root);
			}
			assertThat(isSampled(tracer, caller(true))).isTrue();
			assertThat(isSampled(tracer, caller(false))).isFalse();
			assertThat(application.bean(OpenTelemetrySdk.class).getSdkTracerProvider().getSampler().getDescription())
				.contains(sampler);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0.0, probability=1, true", "1.0, probability=0, false", "0.0, sampler=always-on, true",
			"1.0, sampler=always-off, false", "0.0, traces-per-second=1, true" })
	void samplerOfTheStarterWinsOverTheProbabilityOfBoot(String probability, String property, boolean root) {
		try (TestApplication application = start(BOOT + probability, SAMPLING + property)) {
			assertThat(isSampled(tracer(application), Context.root())).isEqualTo(root);
		}
	}

	@Test
	void limitCountsRootsOnlyWhereTheCallerMayDecide() {
		try (TestApplication application = start(SAMPLING + "traces-per-second=3")) {
			Tracer tracer = tracer(application);
			for (int i = 0; i < 100; i++) {
				isSampled(tracer, caller(true));
				isSampled(tracer, caller(false));
			}
			assertThat(isSampled(tracer, Context.root())).isTrue();
			assertThat(isSampled(tracer, Context.root())).isTrue();
		}
	}

	@Test
	void limitTearsNoTraceAndCountsNoSpanWithin() {
		try (TestApplication application = start(SAMPLING + "sampler=rate-limited", SAMPLING + ONE)) {
			Tracer tracer = tracer(application);
			Context sampled = Context.root().with(tracer.spanBuilder("sampled").startSpan());
			assertThat(IntStream.range(0, 50)).allMatch((i) -> isSampled(tracer, sampled));
			Context unsampled = Context.root().with(tracer.spanBuilder("unsampled").startSpan());
			assertThat(IntStream.range(0, 50)).noneMatch((i) -> isSampled(tracer, unsampled));
		}
	}

	@ParameterizedTest
	@CsvSource({ "rate_limited, false", "parentbased_rate_limited, true" })
	void limitCanBeThatOfOtel(String sampler, boolean sampledParent) {
		try (TestApplication application = start("otel.traces.sampler=" + sampler, "otel.traces.sampler.arg=0.00001")) {
			Tracer tracer = tracer(application);
			assertThat(isSampled(tracer, Context.root())).isTrue();
			assertThat(isSampled(tracer, Context.root())).isFalse();
			assertThat(isSampled(tracer, caller(true))).isEqualTo(sampledParent);
		}
	}

	@Test
	void limitWinsOverTheSamplerOfOtel() {
		try (TestApplication application = start("otel.traces.sampler=traceidratio", "otel.traces.sampler.arg=0",
				SAMPLING + "traces-per-second=5")) {
			assertThat(isSampled(tracer(application), Context.root())).isTrue();
		}
	}

	private static TestApplication start(String... properties) {
		return TestApplication.start(Application.class,
				Stream.concat(Stream.of(properties), Stream.of("spring.main.web-application-type=none"))
					.toArray(String[]::new));
	}

	private static Tracer tracer(TestApplication application) {
		return application.bean(OpenTelemetry.class).getTracer("test");
	}

	private static boolean isSampled(Tracer tracer, Context parent) {
		Span span = tracer.spanBuilder("work").setParent(parent).startSpan();
		span.end();
		return span.getSpanContext().isSampled();
	}

	private static Context caller(boolean sampled) {
		return Context.root()
			.with(Span.wrap(SpanContext.createFromRemoteParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331",
					sampled ? TraceFlags.getSampled() : TraceFlags.getDefault(), TraceState.getDefault())));
	}

	@EnableAutoConfiguration
	static class Application {

	}

}
