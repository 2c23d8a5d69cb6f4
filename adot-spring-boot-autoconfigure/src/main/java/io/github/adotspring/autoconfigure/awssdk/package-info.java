/**
 * Spans of AWS SDK for Java 2.x clients, whoever made them, by the OpenTelemetry
 * instrumentation and with what the ADOT agent adds to it.
 */
@NullMarked
package io.github.adotspring.autoconfigure.awssdk;

import org.jspecify.annotations.NullMarked;
