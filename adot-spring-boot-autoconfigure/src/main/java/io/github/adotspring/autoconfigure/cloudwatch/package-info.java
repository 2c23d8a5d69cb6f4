/**
 * Metrics to Amazon CloudWatch through {@code PutMetricData}.
 */
@NullMarked
package io.github.adotspring.autoconfigure.cloudwatch;

import org.jspecify.annotations.NullMarked;
