package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ShopApplicationTests {

	private static final Logger logger = LoggerFactory.getLogger("shop.Orders");

	@Test
	void recordsAreExportedBesideTheFileThatTheApplicationConfigured() throws IOException {
		try (Collector collector = new Collector(200)) {
			run(collector, "--shop.log=target/shop.log");
			assertThat(collector.log("Ordered").logger()).isEqualTo("shop.Orders");
			assertThat(collector.log("Ordered").attributes()).containsEntry("thread.name",
					Thread.currentThread().getName());
			assertThat(collector.bodies()).containsOnlyOnce("Opened")
				.anyMatch((body) -> body.startsWith("Starting "))
				.anyMatch((body) -> body.startsWith("Started "));
			assertThat(Files.readString(Path.of("target/shop.log"))).containsOnlyOnce("Ordered");
		}
	}

	@Test
	void anAppenderThatTheApplicationConfiguredIsTheOnlyOne() throws IOException {
		try (Collector collector = new Collector(200)) {
			run(collector, "--shop.log=target/own-appender.log", "--spring.profiles.active=own-appender");
			assertThat(collector.log("Ordered").attributes()).containsOnlyKeys("tenant");
			assertThat(collector.bodies()).containsOnlyOnce("Opened").anyMatch((body) -> body.startsWith("Starting "));
		}
	}

	private static void run(Collector collector, String... arguments) {
		String[] all = { collector.argument(), arguments[0], (arguments.length > 1) ? arguments[1] : "--more=none" };
		try (ConfigurableApplicationContext context = SpringApplication.run(ShopApplication.class, all)) {
			MDC.put("tenant", context.getId());
			logger.info("Ordered");
			MDC.clear();
		}
	}

}
