/**
 * Data points of OTLP as the classic metrics of Amazon CloudWatch have them: names,
 * dimensions, units and numbers, however they get there.
 */
@NullMarked
package io.github.adotspring.autoconfigure.datum;

import org.jspecify.annotations.NullMarked;
