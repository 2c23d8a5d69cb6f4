package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.internal.DefaultConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableLongPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
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

	private final LogRecordExporter logs;

	private final MetricExporter metrics;

	private final DeliveryStatus status;

	private Pipeline(@Nullable AwsCredentialsProvider credentials, List<String> properties) {
		this(credentials, properties, (context) -> {
			for (Signal signal : Signal.values()) {
				context.registerBean(signal + "-export", SignalExport.class,
						() -> new SignalExport(signal, null, "management.adot." + signal.key() + ".export.to"));
			}
		});
	}

	private Pipeline(@Nullable AwsCredentialsProvider credentials, List<String> properties,
			Consumer<AnnotationConfigApplicationContext> beans) {
		TestPropertyValues.of("management.adot.delivery.retry.initial-backoff=1ms")
			.and("management.adot.delivery.retry.max-backoff=1ms")
			.and(properties.toArray(String[]::new))
			.applyTo(this.context);
		this.context.registerBean(AwsCompute.class, () -> AwsFixtures.compute(Map.of()));
		beans.accept(this.context);
		if (credentials != null) {
			this.context.registerBean(AwsCredentialsProvider.class, () -> credentials);
		}
		this.context.register(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class);
		this.context.refresh();
		ConfigProperties config = DefaultConfigProperties.createFromMap(otel(properties));
		this.exporter = this.context.getBean(ConfigurableSpanExporterProvider.class).createExporter(config);
		this.logs = this.context.getBean(ConfigurableLogRecordExporterProvider.class).createExporter(config);
		this.metrics = this.context.getBean(ConfigurableMetricExporterProvider.class).createExporter(config);
		this.status = this.context.getBean(DeliveryStatus.class);
	}

	/**
	 * Signed, to a server that plays X-Ray.
	 */
	static Pipeline toAws(AwsEndpoint xray, @Nullable AwsCredentialsProvider credentials, String... properties) {
		return toAws(xray.url("/v1/traces"), credentials, properties);
	}

	/**
	 * Signed, to a server that says it is X-Ray.
	 */
	static Pipeline toAws(URI traces, @Nullable AwsCredentialsProvider credentials, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("management.adot.export.to=aws", "management.adot.aws.traces-endpoint=" + traces));
		all.addAll(Arrays.asList(properties));
		return new Pipeline(credentials, all);
	}

	/**
	 * Not signed, to a server that plays a collector, whatever its answers are.
	 */
	static Pipeline toCollector(URI collector, String... properties) {
		List<String> all = new ArrayList<>(List.of("management.adot.collector.endpoint=" + collector));
		all.addAll(Arrays.asList(properties));
		return new Pipeline(null, all);
	}

	/**
	 * Not signed, to what the properties say.
	 */
	static Pipeline toCollector(String... properties) {
		return new Pipeline(null, Arrays.asList(properties));
	}

	/**
	 * Metrics to these destinations.
	 */
	static Pipeline metrics(AwsCredentialsProvider credentials, boolean dryRun,
			List<MetricsDestinationProvider> providers, String... properties) {
		List<MetricsExportTo> to = providers.stream().map(MetricsDestinationProvider::exportTo).toList();
		return new Pipeline(credentials, Arrays.asList(properties), (context) -> {
			context.registerBean(SignalExport.class,
					() -> SignalExport.ofMetrics(to, "management.adot.metrics.export.to", dryRun));
			providers.forEach((provider) -> context.registerBean(provider.exportTo().key(),
					MetricsDestinationProvider.class, () -> provider));
		});
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
		return export(Spans.ended(spans));
	}

	boolean export(Collection<SpanData> spans) {
		return send(spans).join(30, TimeUnit.SECONDS).isSuccess();
	}

	/**
	 * Exports spans in one batch, without waiting for what becomes of them.
	 */
	CompletableResultCode send(Collection<SpanData> spans) {
		return this.exporter.export(spans);
	}

	boolean exportLogs(int records) {
		List<LogRecordData> logs = Collections.nCopies(records, TestLogRecordData.builder().setBody("log").build());
		return this.logs.export(logs).join(30, TimeUnit.SECONDS).isSuccess();
	}

	boolean exportMetrics(int points) {
		LongPointData point = ImmutableLongPointData.create(1, 2, Attributes.empty(), 3);
		MetricData metric = ImmutableMetricData.createLongGauge(Resource.empty(), InstrumentationScopeInfo.empty(),
				"metric", "", "1", ImmutableGaugeData.create(Collections.nCopies(points, point)));
		return this.metrics.export(List.of(metric)).join(30, TimeUnit.SECONDS).isSuccess();
	}

	/**
	 * The way of metrics that do not come from the SDK.
	 */
	MetricsDelivery metrics() {
		return this.context.getBean(MetricsDelivery.class);
	}

	List<SignalReport> reports(Signal signal) {
		return this.context.getBean(DeliveryReports.class).of(signal);
	}

	SignalStatus status() {
		return status(Signal.TRACES);
	}

	SignalStatus status(Signal signal) {
		return this.status.of(signal);
	}

	@Nullable String lastError() {
		SignalStatus.LastError error = status().lastError();
		return (error != null) ? error.message() : null;
	}

	/**
	 * Stops and starts the context, as a checkpoint of the process does.
	 */
	void stop() {
		this.context.stop();
	}

	void start() {
		this.context.start();
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
