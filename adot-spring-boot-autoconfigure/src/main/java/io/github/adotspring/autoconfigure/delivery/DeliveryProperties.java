package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How telemetry is sent.
 *
 * @param timeout longest time for all attempts to deliver one batch
 * @param requestTimeout longest time for one attempt, from connecting to the last byte of
 * the answer; by default what otel.exporter.otlp.timeout says, else 10 seconds
 * @param connectTimeout longest time to connect, 10 seconds by default
 * @param maxInFlight batches of one signal that may be on their way at the same time;
 * more are dropped and counted
 * @param retry when a batch is sent again
 */
@ConfigurationProperties(DeliveryProperties.PREFIX)
record DeliveryProperties(@DefaultValue("30s") Duration timeout, @Nullable Duration requestTimeout,
		@Nullable Duration connectTimeout, @DefaultValue("4") int maxInFlight, @DefaultValue Retry retry) {

	static final String PREFIX = AdotProperties.PREFIX + ".delivery";

	DeliveryProperties {
		requirePositive("timeout", timeout);
		requirePositive("request-timeout", requestTimeout);
		requirePositive("connect-timeout", connectTimeout);
		requireAtLeastOne("max-in-flight", maxInFlight);
	}

	private static void requirePositive(String name, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			throw new InvalidAdotConfigurationException(PREFIX + "." + name, value, "a time must be longer than zero",
					"Write a duration such as '10s', or remove the property to use the default.");
		}
	}

	private static void requireAtLeastOne(String name, int value) {
		if (value < 1) {
			throw new InvalidAdotConfigurationException(PREFIX + "." + name, value, "the least is 1",
					"Write a whole number from 1 up, or remove the property to use the default.");
		}
	}

	/**
	 * When a batch is sent again: after an answer of 429, 502, 503 or 504 and after a
	 * broken connection, waiting for a random time that is at most doubled with each
	 * attempt.
	 *
	 * @param maxAttempts attempts in all, 1 for no retry
	 * @param initialBackoff longest wait before the second attempt
	 * @param maxBackoff longest wait before any attempt
	 */
	record Retry(@DefaultValue("5") int maxAttempts, @DefaultValue("1s") Duration initialBackoff,
			@DefaultValue("5s") Duration maxBackoff) {

		Retry {
			requireAtLeastOne("retry.max-attempts", maxAttempts);
			requirePositive("retry.initial-backoff", initialBackoff);
			requirePositive("retry.max-backoff", maxBackoff);
		}

	}

}
