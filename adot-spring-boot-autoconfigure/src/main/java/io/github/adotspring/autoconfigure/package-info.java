/**
 * What every feature of the starter stands on: the switches, the mapping onto the
 * OpenTelemetry SDK's own configuration, and the start-up report.
 */
@NullMarked
package io.github.adotspring.autoconfigure;

import org.jspecify.annotations.NullMarked;
