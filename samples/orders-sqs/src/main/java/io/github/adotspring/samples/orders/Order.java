package io.github.adotspring.samples.orders;

/**
 * What the shop tells the warehouse.
 *
 * @param id the order
 * @param sku the product
 * @param quantity how many of it
 */
public record Order(String id, String sku, int quantity) {

}
