package io.github.adotspring.samples.orders.shop;

import java.util.UUID;

import io.awspring.cloud.sqs.operations.SqsTemplate;
import io.github.adotspring.samples.orders.Order;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes orders from customers and passes them on.
 */
@RestController
class OrderController {

	private final SqsTemplate sqs;

	private final String queue;

	OrderController(SqsTemplate sqs, @Value("${orders.queue.name}") String queue) {
		this.sqs = sqs;
		this.queue = queue;
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Order order(@RequestParam String sku, @RequestParam int quantity) {
		Order order = new Order(UUID.randomUUID().toString(), sku, quantity);
		this.sqs.send(this.queue, order);
		return order;
	}

}
