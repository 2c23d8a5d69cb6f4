package io.github.adotspring.samples.orders.warehouse;

import java.util.List;

import io.github.adotspring.samples.orders.Order;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says what was shipped.
 */
@RestController
class ShipmentController {

	private final Shipments shipments;

	ShipmentController(Shipments shipments) {
		this.shipments = shipments;
	}

	@GetMapping("/shipments")
	List<Order> shipments() {
		return this.shipments.all();
	}

}
