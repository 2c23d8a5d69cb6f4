package io.github.adotspring.samples.quickstart;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Says what to try, once the shop is open and everything else has been said.
 */
@Component
@Order
class Welcome implements ApplicationListener<ApplicationReadyEvent> {

	private final Environment environment;

	Welcome(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		String shop = "http://localhost:" + this.environment.getProperty("local.server.port");
		System.out.printf("%n  Open or curl one of these, and look at its trace a moment later:%n%n"
				+ "    %1$s/orders/1   an order: @WithSpan, queries and calls to itself, all in one trace%n"
				+ "    %1$s/orders/2   fails, since its product has no price%n"
				+ "    %1$s/orders/9   is no order, and so no failure%n%n"
				+ "  Every 30 seconds a scheduled method counts the stock. Ctrl-C closes the shop.%n%n", shop);
	}

}
