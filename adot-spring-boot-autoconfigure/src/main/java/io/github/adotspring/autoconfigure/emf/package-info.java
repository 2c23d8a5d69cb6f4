/**
 * Metrics as logs in CloudWatch Embedded Metric Format, from which CloudWatch makes
 * metrics again.
 */
@NullMarked
package io.github.adotspring.autoconfigure.emf;

import org.jspecify.annotations.NullMarked;
