/**
 * Traces: how the OpenTelemetry SDK is set up for X-Ray.
 */
@NullMarked
package io.github.adotspring.autoconfigure.tracing;

import org.jspecify.annotations.NullMarked;
