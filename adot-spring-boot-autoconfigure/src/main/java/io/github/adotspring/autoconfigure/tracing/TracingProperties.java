package io.github.adotspring.autoconfigure.tracing;

import java.util.List;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.ExportTo;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces.
 *
 * @param export where traces go
 * @param idGenerator how trace ids are made
 * @param excludedPaths paths of requests that make no spans, as Ant patterns; by default
 * those of the actuator and of usual health checks. An empty list excludes nothing
 * @param deduplicateObservations whether observations make no spans of what the
 * instrumentation traces already (HTTP requests, scheduled methods, Kafka records), when
 * Spring Boot's own tracing is on the class path too
 * @param propagateToTasks whether tasks of Spring Boot's executors and schedulers, such
 * as those of asynchronous methods, run in the trace of who hands them over
 * @param redactedQueryParameters query parameters whose values are replaced in the URLs
 * of spans, in any case of letters; by default those of presigned URLs. An empty list
 * replaces nothing
 */
@ConfigurationProperties(TracingProperties.PREFIX)
record TracingProperties(@DefaultValue Export export, @DefaultValue("xray") IdGeneration idGenerator,
		@Nullable List<String> excludedPaths, @DefaultValue("true") boolean deduplicateObservations,
		@DefaultValue("true") boolean propagateToTasks, @Nullable List<String> redactedQueryParameters) {

	static final String PREFIX = AdotProperties.PREFIX + ".tracing";

	/**
	 * Where traces go.
	 *
	 * @param to destination of traces; by default that of management.adot.export.to
	 */
	record Export(@Nullable ExportTo to) {

	}

	/**
	 * How trace ids are made.
	 */
	enum IdGeneration {

		/**
		 * With the time in front, as X-Ray's own ids have it. They are W3C ids too.
		 */
		XRAY,

		/**
		 * Wholly random.
		 */
		RANDOM

	}

}
