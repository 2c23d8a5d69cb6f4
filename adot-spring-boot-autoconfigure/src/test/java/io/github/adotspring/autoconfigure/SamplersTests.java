package io.github.adotspring.autoconfigure;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
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
