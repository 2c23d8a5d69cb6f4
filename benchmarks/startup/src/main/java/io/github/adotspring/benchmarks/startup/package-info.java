/**
 * The smallest web application, whose start is measured.
 */
@NullMarked
package io.github.adotspring.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
