/**
 * Takes orders, and has the warehouse send them.
 */
@NullMarked
package io.github.adotspring.samples.orders.shop;

import org.jspecify.annotations.NullMarked;
