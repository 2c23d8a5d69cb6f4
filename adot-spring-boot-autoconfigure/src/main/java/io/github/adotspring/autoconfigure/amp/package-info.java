/**
 * Metrics in Amazon Managed Service for Prometheus, by Prometheus remote write.
 */
@NullMarked
package io.github.adotspring.autoconfigure.amp;

import org.jspecify.annotations.NullMarked;
