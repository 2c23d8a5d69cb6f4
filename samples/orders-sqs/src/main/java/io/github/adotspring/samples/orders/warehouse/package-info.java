/**
 * Sends what was ordered.
 */
@NullMarked
package io.github.adotspring.samples.orders.warehouse;

import org.jspecify.annotations.NullMarked;
