package io.github.adotspring.samples.quickstart;

import java.math.BigDecimal;

/**
 * What a product costs.
 *
 * @param sku the product
 * @param amount its price
 */
record Price(String sku, BigDecimal amount) {

}
