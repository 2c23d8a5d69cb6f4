/**
 * Metrics: what Micrometer and the OpenTelemetry API measure, as OTLP messages.
 */
@NullMarked
package io.github.adotspring.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
