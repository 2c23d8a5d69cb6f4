package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsCredentials;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
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
@EnableConfigurationProperties({ AdotProperties.class, DeliveryProperties.class, CollectorProperties.class })
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
	QuietLog adotQuietLog() {
		return new QuietLog();
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
			ObjectProvider<CollectorProperties> collector, Environment environment) {
		return new SdkCustomizer(targets, collector, environment);
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
			AwsEndpoints awsEndpoints, ObjectProvider<SigV4Signer> signer) {
		return new HttpDestinations(properties, executor, awsEndpoints, signer);
	}

	@Bean
	@ConditionalOnMissingBean
	Deliveries adotDeliveries(ExportTargets targets, HttpDestinations httpDestinations,
			ObjectProvider<DestinationProvider> providers, DeliveryStatus status, QuietLog log) {
		return new Deliveries(targets, httpDestinations, providers.orderedStream().toList(), status, log);
	}

	@Bean
	@ConditionalOnMissingBean
	ExportDescriptions adotExportDescriptions(ExportTargets targets, SdkCustomizer customizer, Deliveries deliveries,
			ObjectProvider<AwsCredentials> credentials) {
		return new ExportDescriptions(targets, customizer, deliveries, credentials);
	}

	@Bean
	@ConditionalOnMissingBean
	ExportReport adotExportReport(AdotProperties properties, DeliveryProperties delivery,
			ExportDescriptions descriptions, DeliveryExecutor executor, QuietLog log, ApplicationContext context) {
		return new ExportReport(properties.failFast(), delivery.timeout(), descriptions, executor, log, context);
	}

}
