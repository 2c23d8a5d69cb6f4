package io.github.adotspring.autoconfigure.metrics;

import java.util.Collection;
import java.util.List;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;

/**
 * Passes on the metrics of an SDK but for those of instrumentation that Micrometer covers
 * too, so that nothing is paid for twice.
 */
final class InstrumentationFilter implements MetricExporter {

	/**
	 * Beginnings of the names of instrumentation scopes. Upstream's names end in the
	 * version of the library that they instrument.
	 */
	static final List<String> COVERED_BY_MICROMETER = List.of(
			// http.server.requests and http.client.requests
			"io.opentelemetry.spring-webmvc-", "io.opentelemetry.spring-webflux-", "io.opentelemetry.spring-web-",
			// jvm.*, process.* and system.cpu.*
			"io.opentelemetry.runtime-telemetry",
			// hikaricp.*, jdbc.connections.* and r2dbc.pool.*
			"io.opentelemetry.jdbc", "io.opentelemetry.r2dbc-", "io.opentelemetry.hikaricp-",
			// kafka.*, mongodb.driver.* and logback.events
			"io.opentelemetry.kafka-", "io.opentelemetry.spring-kafka-", "io.opentelemetry.mongo-",
			"io.opentelemetry.logback-", "io.opentelemetry.log4j-",
			// Micrometer's own meters, by upstream's bridge
			"io.opentelemetry.micrometer-",
			// otel.sdk.*
			"io.opentelemetry.sdk.", "io.opentelemetry.exporters.");

	private final MetricExporter exporter;

	InstrumentationFilter(MetricExporter exporter) {
		this.exporter = exporter;
	}

	@Override
	public CompletableResultCode export(Collection<MetricData> metrics) {
		List<MetricData> remaining = metrics.stream().filter((metric) -> !isCovered(metric)).toList();
		return remaining.isEmpty() ? CompletableResultCode.ofSuccess() : this.exporter.export(remaining);
	}

	private static boolean isCovered(MetricData metric) {
		String scope = metric.getInstrumentationScopeInfo().getName();
		return COVERED_BY_MICROMETER.stream().anyMatch(scope::startsWith);
	}

	@Override
	public CompletableResultCode flush() {
		return this.exporter.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.exporter.shutdown();
	}

	@Override
	public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
		return this.exporter.getAggregationTemporality(instrumentType);
	}

	@Override
	public Aggregation getDefaultAggregation(InstrumentType instrumentType) {
		return this.exporter.getDefaultAggregation(instrumentType);
	}

	@Override
	public MemoryMode getMemoryMode() {
		return this.exporter.getMemoryMode();
	}

	@Override
	public String toString() {
		return this.exporter.toString();
	}

}
