package io.github.adotspring.samples.quickstart;

import java.math.BigDecimal;
import java.util.List;

/**
 * An order with what it costs today.
 *
 * @param id number of the order
 * @param lines what was ordered
 * @param total sum of the lines
 */
record Order(long id, List<Line> lines, BigDecimal total) {

	/**
	 * A product and how many of it.
	 *
	 * @param sku the product
	 * @param quantity how many
	 */
	record Line(String sku, int quantity) {

	}

}
