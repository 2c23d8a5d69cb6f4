/**
 * The trace header of X-Ray.
 */
@NullMarked
package io.github.adotspring.autoconfigure.propagation;

import org.jspecify.annotations.NullMarked;
