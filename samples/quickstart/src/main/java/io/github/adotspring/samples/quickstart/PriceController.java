package io.github.adotspring.samples.quickstart;

import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says what products cost. It stands in for a service of its own.
 */
@RestController
class PriceController {

	private final JdbcClient jdbc;

	PriceController(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@GetMapping("/prices/{sku}")
	ResponseEntity<Price> price(@PathVariable String sku) {
		return ResponseEntity
			.of(this.jdbc.sql("select sku, price as amount from product where sku = ? and price is not null")
				.param(sku)
				.query(Price.class)
				.optional());
	}

}
