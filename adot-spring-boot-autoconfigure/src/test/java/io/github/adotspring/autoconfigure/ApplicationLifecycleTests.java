package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that stop, and for several in one JVM.
 */
class ApplicationLifecycleTests {

	@Test
	void spansOfTheLastRequestArriveBeforeTheApplicationStops() {
		try (TestApplication application = TestApplication.start(Shop.class, "otel.bsp.schedule.delay=1h")) {
			application.get("/first");
			application.get("/last");
			assertThat(application.collector().requests()).isEmpty();
			application.stop();
			assertThat(application.collector().spans()).extracting(ReceivedSpan::name)
				.containsExactly("GET /first", "GET /last");
		}
	}

	@Test
	void twoApplicationsDoNotMix() {
		try (TestApplication orders = TestApplication.start(Shop.class, "spring.application.name=orders");
				TestApplication stock = TestApplication.start(Shop.class, "spring.application.name=stock")) {
			orders.get("/first");
			stock.get("/first");
			assertSpan(orders.awaitSpan("GET /first"), "orders");
			assertSpan(stock.awaitSpan("GET /first"), "stock");
			orders.stop();
			stock.get("/last");
			assertSpan(stock.awaitSpan("GET /last"), "stock");
			stock.stop();
			assertThat(orders.collector().spans()).extracting(ReceivedSpan::name).containsExactly("GET /first");
			assertThat(stock.collector().spans()).extracting(ReceivedSpan::name)
				.containsExactly("GET /first", "GET /last");
		}
	}

	private static void assertSpan(ReceivedSpan span, String service) {
		assertThat(span.resourceAttributes()).containsEntry("service.name", service);
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping({ "/first", "/last" })
		String answer() {
			return "";
		}

	}

}
