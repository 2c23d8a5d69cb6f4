package io.github.adotspring.samples.orders.warehouse;

import io.awspring.cloud.sqs.annotation.SqsListener;
import io.github.adotspring.samples.orders.Order;

import org.springframework.stereotype.Component;

/**
 * Has each order shipped that comes through the queue.
 */
@Component
class OrderListener {

	private final Shipments shipments;

	OrderListener(Shipments shipments) {
		this.shipments = shipments;
	}

	@SqsListener("${orders.queue.name}")
	void ship(Order order) {
		this.shipments.add(order);
	}

}
