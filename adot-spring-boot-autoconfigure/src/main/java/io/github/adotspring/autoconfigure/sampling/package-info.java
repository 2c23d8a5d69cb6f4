/**
 * Central sampling rules of X-Ray.
 */
@NullMarked
package io.github.adotspring.autoconfigure.sampling;

import org.jspecify.annotations.NullMarked;
