package io.github.adotspring.benchmarks.logging;

import java.util.stream.Stream;

/**
 * What is attached to Logback, named as in the report.
 */
public enum Variant {

	/** Nothing for telemetry. */
	plain("otel.sdk.disabled=true", "otel.instrumentation.logback-appender.enabled=false",
			"otel.instrumentation.logback-mdc.enabled=false"),

	/**
	 * What upstream's starter attaches by itself, for records with the same attributes.
	 */
	upstream("otel.logs.exporter=console", "otel.traces.exporter=none", "otel.metrics.exporter=none",
			"otel.instrumentation.logback-appender.experimental-log-attributes=true"),

	/** What our starter attaches by itself. */
	adot("management.adot.logging.export.to=console", "management.adot.tracing.export.to=none",
			"management.adot.metrics.export.to=none", "management.adot.console.log-records=false");

	private final String[] properties;

	Variant(String... properties) {
		this.properties = properties;
	}

	String[] arguments() {
		return Stream
			.concat(Stream.of("logging.config=classpath:logback-benchmark.xml", "spring.main.banner-mode=off",
					"spring.main.web-application-type=none"), Stream.of(this.properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
	}

}
