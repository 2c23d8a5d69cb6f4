/**
 * A web application that counts its spans where a kill of the process can't undo it.
 */
@NullMarked
package io.github.adotspring.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
