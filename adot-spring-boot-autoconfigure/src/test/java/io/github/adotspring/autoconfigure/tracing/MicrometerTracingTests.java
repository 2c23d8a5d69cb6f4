package io.github.adotspring.autoconfigure.tracing;

import java.net.URI;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Boot's own tracing beside the starter.
 */
class MicrometerTracingTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("otel.traces.exporter=none", "otel.metrics.exporter=none", "otel.logs.exporter=none",
				"management.adot.export.to=none");

	@Test
	void thereIsOneSdkWhichIsUpstreams() {
		this.runner.run((context) -> {
			OpenTelemetrySdk sdk = context.getBean(OpenTelemetrySdk.class);
			assertThat(context).hasSingleBean(OpenTelemetry.class).hasBean("openTelemetry");
			assertThat(context).getBean(SdkTracerProvider.class).isSameAs(sdk.getSdkTracerProvider());
			assertThat(context).getBean(ContextPropagators.class).isSameAs(sdk.getPropagators());
			assertThat(context.getBean(Propagator.class).fields()).contains("X-Amzn-Trace-Id", "traceparent");
			assertThat(context).hasSingleBean(InstrumentedObservationHandler.class);
		});
	}

	@Test
	void backsOffWithoutTheBridge() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(OpenTelemetry.class)
				.doesNotHaveBean("adotContextPropagators")
				.doesNotHaveBean("adotSdkTracerProvider")
				.doesNotHaveBean("adotInstrumentedObservationHandler"));
	}

	@Test
	void backsOffWhenTheStarterIsOff() {
		this.runner.withPropertyValues("management.adot.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(OtelTracer.class)
				.hasSingleBean(OtlpTracingAutoConfiguration.class)
				.doesNotHaveBean("adotContextPropagators")
				.doesNotHaveBean("adotSdkTracerProvider")
				.doesNotHaveBean(InstrumentedObservationHandler.class));
	}

	@Test
	void observationsKeepTheirSpansWhenDeduplicationIsOff() {
		this.runner.withPropertyValues("management.adot.tracing.deduplicate-observations=false").run((context) -> {
			assertThat(context).doesNotHaveBean(InstrumentedObservationHandler.class);
			assertThat(context).hasBean("adotContextPropagators");
			serverRequest(context).observe(() -> {
			});
			assertThat(spans(context)).hasSize(1);
		});
	}

	@Test
	void backsOffForBeansOfTheApplication() {
		this.runner.withUserConfiguration(OwnParts.class)
			.run((context) -> assertThat(context).hasSingleBean(ContextPropagators.class)
				.hasSingleBean(SdkTracerProvider.class)
				.hasSingleBean(TracingObservationHandlerOfTheApplication.class)
				.doesNotHaveBean("adotContextPropagators")
				.doesNotHaveBean("adotSdkTracerProvider")
				.doesNotHaveBean(InstrumentedObservationHandler.class));
	}

	@Test
	void anSdkOfTheApplicationMayBeMadeOfBootsParts() {
		this.runner.withUserConfiguration(OwnSdk.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(OpenTelemetry.class)
				.hasBean("ownOpenTelemetry")
				.hasSingleBean(InstrumentedObservationHandler.class)
				.doesNotHaveBean("adotContextPropagators")
				.doesNotHaveBean("adotSdkTracerProvider"));
	}

	@Test
	void bootExportsNothingInAddition() {
		this.runner
			.withPropertyValues("management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:4318/v1/traces")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(OtlpTracingAutoConfiguration.class)
				.doesNotHaveBean(SpanExporter.class));
	}

	@Test
	void anInstrumentedObservationMakesNoSpanAndThoseWithinAreInTheInstrumentationsSpan() {
		this.runner.run((context) -> {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			Observation request = serverRequest(context);
			request.observe(() -> {
				Span span = context.getBean(OpenTelemetry.class).getTracer("test").spanBuilder("GET").startSpan();
				within(span, Observation.createNotStarted("service", registry));
				span.end();
			});
			assertThat(spans(context)).extracting(SpanData::getName).containsExactly("service", "GET");
			SpanData service = spans(context).get(0);
			assertThat(service.getParentSpanContext()).isEqualTo(spans(context).get(1).getSpanContext());
		});
	}

	@Test
	void anObservationIsNotInstrumentedIfTheInstrumentationIsOff() {
		this.runner.withPropertyValues("otel.instrumentation.spring-webmvc.enabled=false").run((context) -> {
			serverRequest(context).observe(() -> {
			});
			assertThat(spans(context)).hasSize(1);
		});
	}

	@Test
	void theTraceGoesOnThroughAClientWithoutInstrumentation() {
		this.runner.run((context) -> {
			MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://localhost/"));
			ClientRequestObservationContext client = new ClientRequestObservationContext(request);
			Span span = context.getBean(OpenTelemetry.class).getTracer("test").spanBuilder("caller").startSpan();
			within(span, Observation.createNotStarted("http.client.requests", () -> client,
					context.getBean(ObservationRegistry.class)));
			span.end();
			HttpHeaders headers = request.getHeaders();
			assertThat(headers.getFirst("traceparent")).contains(span.getSpanContext().getSpanId());
			assertThat(headers.getFirst("X-Amzn-Trace-Id")).contains(span.getSpanContext().getSpanId());
			assertThat(spans(context)).extracting(SpanData::getName).containsExactly("caller");
		});
	}

	private static void within(Span span, Observation observation) {
		Context.current().with(span).wrap(() -> observation.observe(() -> {
		})).run();
	}

	private static Observation serverRequest(AssertableApplicationContext context) {
		ServerRequestObservationContext request = new ServerRequestObservationContext(
				new MockHttpServletRequest("GET", "/"), new MockHttpServletResponse());
		return Observation.createNotStarted("http.server.requests", () -> request,
				context.getBean(ObservationRegistry.class));
	}

	private static List<SpanData> spans(AssertableApplicationContext context) {
		return context.getBean(Spans.class).exporter().getFinishedSpanItems();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Spans spans() {
			return new Spans(InMemorySpanExporter.create());
		}

		@Bean
		AutoConfigurationCustomizerProvider keepSpans(Spans spans) {
			return (customizer) -> customizer.addTracerProviderCustomizer(
					(builder, config) -> builder.addSpanProcessor(SimpleSpanProcessor.create(spans.exporter())));
		}

	}

	/**
	 * Not a bean of the type of an exporter, which Boot would collect.
	 *
	 * @param exporter keeps the spans
	 */
	record Spans(InMemorySpanExporter exporter) {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnParts {

		@Bean
		ContextPropagators ownPropagators() {
			return ContextPropagators.noop();
		}

		@Bean
		SdkTracerProvider ownTracerProvider() {
			return SdkTracerProvider.builder().build();
		}

		@Bean
		@Order(1)
		TracingObservationHandlerOfTheApplication adotInstrumentedObservationHandler(OtelTracer tracer) {
			return new TracingObservationHandlerOfTheApplication(tracer);
		}

	}

	record TracingObservationHandlerOfTheApplication(
			OtelTracer tracer) implements TracingObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return false;
		}

		@Override
		public OtelTracer getTracer() {
			return this.tracer;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSdk {

		@Bean
		OpenTelemetry ownOpenTelemetry(SdkTracerProvider tracerProvider, ContextPropagators propagators) {
			return OpenTelemetrySdk.builder().setTracerProvider(tracerProvider).setPropagators(propagators).build();
		}

	}

}
