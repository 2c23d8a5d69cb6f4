package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsCredentials;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.spool.Spool;
import io.github.adotspring.autoconfigure.spool.SpoolProperties;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The delivery pipeline, shared by all signals of an application context.
 */
@AutoConfiguration(after = AwsAutoConfiguration.class)
@ConditionalOnEnabledAdot
@EnableConfigurationProperties({ AdotProperties.class, DeliveryProperties.class, CollectorProperties.class,
		SpoolProperties.class })
public final class DeliveryAutoConfiguration {

	DeliveryAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	DeliveryExecutor adotDeliveryExecutor() {
		return new DeliveryExecutor();
	}

	@Bean
	@ConditionalOnMissingBean
	DeliveryStatus adotDeliveryStatus() {
		return new DeliveryStatus(Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	SdkTelemetry adotSdkTelemetry() {
		return new SdkTelemetry(System::nanoTime);
	}

	@Bean
	@ConditionalOnMissingBean
	QuietLog adotQuietLog() {
		return new QuietLog(Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	OtlpEndpoints adotOtlpEndpoints(CollectorProperties properties, Environment environment) {
		return new OtlpEndpoints(properties, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	ExportTargetResolver adotExportTargetResolver(AdotProperties properties, OtlpEndpoints otlpEndpoints,
			AwsEndpoints awsEndpoints, AwsCompute awsCompute) {
		return new ExportTargetResolver(properties, otlpEndpoints, awsEndpoints, awsCompute);
	}

	@Bean
	@ConditionalOnMissingBean
	ExportTargets adotExportTargets(ExportTargetResolver resolver, OtlpEndpoints otlpEndpoints, Environment environment,
			ObjectProvider<SignalExport> exports) {
		return new ExportTargets(resolver, otlpEndpoints, environment, exports.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	SdkCustomizer adotSdkCustomizer(ObjectProvider<ExportTargets> targets,
			ObjectProvider<CollectorProperties> collector, SdkTelemetry telemetry, Environment environment) {
		return new SdkCustomizer(targets, collector, telemetry, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	ExportedResource adotExportedResource() {
		return new ExportedResource();
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotSpanExporterProvider")
	ConfigurableSpanExporterProvider adotSpanExporterProvider(ObjectProvider<Deliveries> deliveries) {
		return OtlpExporterProviders.spans(deliveries);
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotMetricExporterProvider")
	ConfigurableMetricExporterProvider adotMetricExporterProvider(ObjectProvider<Deliveries> deliveries) {
		return OtlpExporterProviders.metrics(deliveries);
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotLogRecordExporterProvider")
	ConfigurableLogRecordExporterProvider adotLogRecordExporterProvider(ObjectProvider<Deliveries> deliveries) {
		return OtlpExporterProviders.logs(deliveries);
	}

	@Bean
	@ConditionalOnMissingBean
	HttpDestinations adotHttpDestinations(DeliveryProperties properties, DeliveryExecutor executor,
			AwsEndpoints awsEndpoints, ObjectProvider<SigV4Signer> signer,
			ObjectProvider<AwsOtlpExtension> extensions) {
		return new HttpDestinations(properties, executor, awsEndpoints, signer, extensions.orderedStream().toList(),
				Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	Outlets adotOutlets(HttpDestinations httpDestinations, ObjectProvider<DestinationProvider> providers,
			ObjectProvider<MetricsDestinationProvider> metricsProviders, QuietLog log, DeliveryProperties properties,
			DeliveryExecutor executor, ObjectProvider<Spool> spool) {
		return new Outlets(httpDestinations, providers.orderedStream().toList(),
				metricsProviders.orderedStream().toList(), log, properties, executor, spool.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	Deliveries adotDeliveries(ExportTargets targets, Outlets outlets, DeliveryStatus status, SdkTelemetry telemetry,
			ObjectProvider<MessageObserver> observers, DeliveryExecutor executor, ObjectProvider<Spool> spool) {
		return new Deliveries(targets, outlets, status, telemetry, observers.orderedStream().toList(), executor,
				spool.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	MetricsDelivery adotMetricsDelivery(ExportTargets targets, Deliveries deliveries,
			ObjectProvider<AutoConfiguredOpenTelemetrySdk> sdk, ObjectProvider<ConfigProperties> sdkConfiguration,
			Environment environment) {
		return new PipelineMetricsDelivery(targets, deliveries, sdk, sdkConfiguration, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(SpoolProperties.PREFIX + ".enabled")
	Spool adotSpool(SpoolProperties properties, DeliveryStatus status, QuietLog log) {
		return new Spool(properties.directoryOrDefault(), properties.maxSize(), properties.maxAge(), Clock.systemUTC(),
				new SpoolAccounts(status, log));
	}

	@Bean
	@ConditionalOnMissingBean
	DeliveryLifecycle adotDeliveryLifecycle(ObjectProvider<OpenTelemetry> openTelemetry, Deliveries deliveries,
			DeliveryExecutor executor, DeliveryProperties properties) {
		return new DeliveryLifecycle(openTelemetry, deliveries, executor, properties.shutdownTimeout());
	}

	@Bean
	@ConditionalOnMissingBean
	ExportDescriptions adotExportDescriptions(ExportTargets targets, SdkCustomizer customizer, Outlets outlets,
			ObjectProvider<AwsCredentials> credentials) {
		return new ExportDescriptions(targets, customizer, outlets, credentials);
	}

	@Bean
	@ConditionalOnMissingBean
	ExportReport adotExportReport(AdotProperties properties, DeliveryProperties delivery,
			ExportDescriptions descriptions, DeliveryExecutor executor, QuietLog log, ApplicationContext context) {
		return new ExportReport(properties.failFast(), delivery.timeout(), descriptions, executor, log, context);
	}

	@Bean
	@ConditionalOnMissingBean
	DeliveryReports adotDeliveryReports(ExportTargets targets, ExportDescriptions descriptions, Deliveries deliveries,
			DeliveryStatus status, SdkTelemetry telemetry, DeliveryExecutor executor,
			ObjectProvider<AwsCredentials> credentials, ObjectProvider<Spool> spool) {
		return new DeliveryReports(targets, descriptions, deliveries, status, telemetry, executor, credentials,
				spool.getIfAvailable());
	}

}
