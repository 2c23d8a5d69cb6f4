package io.github.adotspring.samples.quickstart;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts the stock every now and then.
 */
@Component
class StockCount {

	private static final Logger logger = LoggerFactory.getLogger(StockCount.class);

	private final JdbcClient jdbc;

	StockCount(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Scheduled(initialDelay = 30, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
	void count() {
		int stock = this.jdbc.sql("select sum(stock) from product").query(Integer.class).single();
		logger.info("{} items in stock", stock);
	}

}
