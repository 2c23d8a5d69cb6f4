package com.example;

import java.io.IOException;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.ThreadContext;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In a JVM of its own, since Spring Boot keeps a configuration of Log4j2 for what starts
 * next.
 */
class OwnAppenderTests {

	@Test
	void anAppenderThatTheApplicationConfiguredIsTheOnlyOne() throws IOException {
		try (Collector collector = new Collector(200)) {
			ConfigurableApplicationContext context = SpringApplication.run(ShopApplication.class, collector.argument(),
					"--logging.config=classpath:own-appender.xml");
			ThreadContext.put("tenant", "acme");
			LogManager.getLogger("shop.Orders").warn("Ordered");
			ThreadContext.clearAll();
			LogManager.getLogger("io.opentelemetry.sdk").warn("Of the SDK");
			context.close();
			assertThat(collector.log("Ordered").attributes()).containsOnlyKeys("tenant");
			assertThat(collector.bodies()).containsOnlyOnce("Opened").doesNotContain("Of the SDK");
		}
	}

}
