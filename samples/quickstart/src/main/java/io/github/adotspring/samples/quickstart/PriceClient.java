package io.github.adotspring.samples.quickstart;

import java.math.BigDecimal;
import java.util.Objects;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks for prices over HTTP. The shop asks itself, so that one process is enough.
 */
@Component
class PriceClient {

	private final RestClient client;

	private final Environment environment;

	PriceClient(RestClient.Builder builder, Environment environment) {
		this.client = builder.build();
		this.environment = environment;
	}

	BigDecimal of(String sku) {
		String port = this.environment.getRequiredProperty("local.server.port");
		Price price = this.client.get()
			.uri("http://localhost:{port}/prices/{sku}", port, sku)
			.retrieve()
			.body(Price.class);
		return Objects.requireNonNull(price).amount();
	}

}
