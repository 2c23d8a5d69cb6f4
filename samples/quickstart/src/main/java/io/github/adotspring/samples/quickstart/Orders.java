package io.github.adotspring.samples.quickstart;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import io.github.adotspring.samples.quickstart.Order.Line;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.instrumentation.annotations.SpanAttribute;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The orders of the shop. Their lines are in the database, their prices are asked for.
 */
@Service
class Orders {

	private static final Logger logger = LoggerFactory.getLogger(Orders.class);

	private final JdbcClient jdbc;

	private final PriceClient prices;

	private final Counter shown;

	Orders(JdbcClient jdbc, PriceClient prices, MeterRegistry meters) {
		this.jdbc = jdbc;
		this.prices = prices;
		this.shown = Counter.builder("shop.orders.shown").description("Orders shown to customers").register(meters);
	}

	@WithSpan
	Optional<Order> find(@SpanAttribute("order.id") long id) {
		List<Line> lines = this.jdbc.sql("select sku, quantity from order_line where order_id = ?")
			.param(id)
			.query(Line.class)
			.list();
		if (lines.isEmpty()) {
			return Optional.empty();
		}
		BigDecimal total = lines.stream().map(this::price).reduce(BigDecimal.ZERO, BigDecimal::add);
		this.shown.increment();
		logger.info("Order {} comes to {}", id, total);
		return Optional.of(new Order(id, lines, total));
	}

	private BigDecimal price(Line line) {
		return this.prices.of(line.sku()).multiply(BigDecimal.valueOf(line.quantity()));
	}

}
