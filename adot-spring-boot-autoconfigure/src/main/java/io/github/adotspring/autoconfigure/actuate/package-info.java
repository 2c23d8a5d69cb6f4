/**
 * What operators look at.
 */
@NullMarked
package io.github.adotspring.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
