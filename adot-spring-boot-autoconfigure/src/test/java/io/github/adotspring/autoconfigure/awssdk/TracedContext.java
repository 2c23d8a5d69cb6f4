package io.github.adotspring.autoconfigure.awssdk;

import java.util.Arrays;
import java.util.List;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application context that traces AWS SDK clients, and the spans that it made.
 */
final class TracedContext implements AutoCloseable {

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
		.setTracerProvider(
				SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(this.exporter)).build())
		.setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
		.build();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private TracedContext() {
	}

	/**
	 * Starts a context.
	 * @param setting properties, as name=value, and configuration classes
	 */
	static TracedContext start(Object... setting) {
		TracedContext traced = new TracedContext();
		TestPropertyValues.of(Arrays.stream(setting).filter(String.class::isInstance).map(String.class::cast))
			.applyTo(traced.context);
		traced.context.registerBean(OpenTelemetry.class, () -> traced.sdk);
		Arrays.stream(setting)
			.filter(Class.class::isInstance)
			.map((type) -> (Class<?>) type)
			.forEach(traced.context::register);
		traced.context.register(Configurations.getClasses(AutoConfigurations.of(AwsSdkAutoConfiguration.class)));
		traced.context.refresh();
		return traced;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	Tracer tracer() {
		return this.sdk.getTracer("test");
	}

	List<SpanData> spans() {
		return this.exporter.getFinishedSpanItems();
	}

	SpanData onlySpan() {
		List<SpanData> spans = spans();
		assertThat(spans).extracting(SpanData::getName).hasSize(1);
		return spans.get(0);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
