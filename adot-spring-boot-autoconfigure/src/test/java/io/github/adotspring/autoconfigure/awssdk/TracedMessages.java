package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
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
 * An application context with one client as a bean, and the spans of its messages.
 */
final class TracedMessages implements AutoCloseable {

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
		.setTracerProvider(SdkTracerProvider.builder()
			.addSpanProcessor(new LeftOutSpans(SimpleSpanProcessor.create(this.exporter)))
			.build())
		.setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
		.build();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	static <C> TracedMessages of(Class<C> type, Supplier<C> client, String... properties) {
		TracedMessages traced = new TracedMessages();
		TestPropertyValues.of(properties).applyTo(traced.context);
		traced.context.registerBean(OpenTelemetry.class, () -> traced.sdk);
		traced.context.registerBean(type, client);
		traced.context.register(Configurations
			.getClasses(AutoConfigurations.of(AwsSdkAutoConfiguration.class, MessagingAutoConfiguration.class)));
		traced.context.refresh();
		return traced;
	}

	<C> C client(Class<C> type) {
		return this.context.getBean(type);
	}

	/**
	 * Do something in a span.
	 * @return the span
	 */
	SpanData in(String name, Runnable action) {
		Span span = this.sdk.getTracer("test").spanBuilder(name).startSpan();
		Context.current().with(span).wrap(action).run();
		span.end();
		return span(name);
	}

	<T> T traced(Function<Span, T> action) {
		Span span = this.sdk.getTracer("test").spanBuilder("caller").startSpan();
		T result = Context.current().with(span).wrapSupplier(() -> action.apply(span)).get();
		span.end();
		return result;
	}

	Span start(String name) {
		return this.sdk.getTracer("test").spanBuilder(name).startSpan();
	}

	List<SpanData> spans() {
		return this.exporter.getFinishedSpanItems();
	}

	List<String> names() {
		return spans().stream().map(SpanData::getName).toList();
	}

	SpanData span(String name) {
		List<SpanData> named = spans().stream().filter((span) -> span.getName().equals(name)).toList();
		assertThat(named).as("%s among %s", name, names()).hasSize(1);
		return named.get(0);
	}

	@Override
	public void close() {
		this.context.close();
		this.sdk.close();
	}

}
