package com.example;

import org.slf4j.MDC;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

@RestController
class OrderController {

	private final OrderService orders;

	private final RestClient client;

	OrderController(OrderService orders, RestClient.Builder client) {
		this.orders = orders;
		this.client = client.build();
	}

	/**
	 * Place an order.
	 * @param hello where to call
	 * @return the trace id that Boot has for log messages
	 */
	@GetMapping("/order")
	String order(String hello) {
		this.orders.place();
		this.client.get().uri(hello).retrieve().toBodilessEntity();
		return String.valueOf(MDC.get("traceId"));
	}

}
