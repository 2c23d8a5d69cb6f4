package io.github.adotspring.samples.orders.warehouse;

import java.util.List;

import io.github.adotspring.samples.orders.Order;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What leaves the warehouse.
 */
@Repository
class Shipments {

	private final JdbcClient jdbc;

	Shipments(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(Order order) {
		this.jdbc.sql("insert into shipment (order_id, sku, quantity) values (?, ?, ?)")
			.params(order.id(), order.sku(), order.quantity())
			.update();
	}

	List<Order> all() {
		return this.jdbc.sql("select order_id as id, sku, quantity from shipment").query(Order.class).list();
	}

}
