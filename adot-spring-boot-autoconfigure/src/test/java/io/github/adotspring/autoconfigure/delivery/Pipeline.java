package io.github.adotspring.autoconfigure.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.opentelemetry.sdk.autoconfigure.spi.internal.DefaultConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Upstream's span exporter with the pipeline of an application context behind it.
 */
final class Pipeline implements AutoCloseable {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final SpanExporter exporter;

	private final SignalStatus status;

	private Pipeline(@Nullable AwsCredentialsProvider credentials, List<String> properties) {
		TestPropertyValues.of("management.adot.delivery.retry.initial-backoff=1ms")
			.and("management.adot.delivery.retry.max-backoff=1ms")
			.and(properties.toArray(String[]::new))
			.applyTo(this.context);
		this.context.registerBean(AwsCompute.class, () -> AwsFixtures.compute(Map.of()));
		this.context.registerBean(SignalExport.class,
				() -> new SignalExport(Signal.TRACES, null, "management.adot.tracing.export.to"));
		if (credentials != null) {
			this.context.registerBean(AwsCredentialsProvider.class, () -> credentials);
		}
		this.context.register(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class);
		this.context.refresh();
		this.exporter = this.context.getBean(ConfigurableSpanExporterProvider.class)
			.createExporter(DefaultConfigProperties.createFromMap(otel(properties)));
		this.status = this.context.getBean(DeliveryStatus.class).of(Signal.TRACES);
	}

	/**
	 * Signed, to a server that plays X-Ray.
	 */
	static Pipeline toAws(AwsEndpoint xray, @Nullable AwsCredentialsProvider credentials, String... properties) {
		List<String> all = new ArrayList<>(List.of("management.adot.export.to=aws",
				"management.adot.aws.traces-endpoint=" + xray.url("/v1/traces")));
		all.addAll(Arrays.asList(properties));
		return new Pipeline(credentials, all);
	}

	/**
	 * Not signed, to what the properties say.
	 */
	static Pipeline toCollector(String... properties) {
		return new Pipeline(null, Arrays.asList(properties));
	}

	private static Map<String, String> otel(List<String> properties) {
		Map<String, String> otel = new HashMap<>(
				Map.of("otel.exporter.otlp.compression", "gzip", "otel.exporter.otlp.protocol", "http/protobuf"));
		properties.stream()
			.filter((property) -> property.startsWith("otel."))
			.map((property) -> property.split("=", 2))
			.forEach((property) -> otel.put(property[0], property[1]));
		return otel;
	}

	/**
	 * Exports spans in one batch.
	 * @return whether the exporter thinks that they arrived
	 */
	boolean export(int spans) {
		return this.exporter.export(Spans.ended(spans)).join(30, TimeUnit.SECONDS).isSuccess();
	}

	SignalStatus status() {
		return this.status;
	}

	@Nullable String lastError() {
		SignalStatus.LastError error = status().lastError();
		return (error != null) ? error.message() : null;
	}

	/**
	 * Closes the context and leaves the exporter, as an application may that still makes
	 * spans.
	 */
	void closeContext() {
		this.context.close();
	}

	@Override
	public void close() {
		this.exporter.shutdown().join(30, TimeUnit.SECONDS);
		this.context.close();
	}

}
