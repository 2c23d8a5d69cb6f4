package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.PropertyRules;
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
 * @param shutdownTimeout longest time to deliver what is buffered when the application
 * ends, or before a checkpoint
 * @param retry when a batch is sent again
 */
@ConfigurationProperties(DeliveryProperties.PREFIX)
public record DeliveryProperties(@DefaultValue("30s") Duration timeout, @Nullable Duration requestTimeout,
		@Nullable Duration connectTimeout, @DefaultValue("4") int maxInFlight,
		@DefaultValue("10s") Duration shutdownTimeout, @DefaultValue Retry retry) {

	static final String PREFIX = AdotProperties.PREFIX + ".delivery";

	/**
	 * Create the properties.
	 * @throws io.github.adotspring.autoconfigure.InvalidAdotConfigurationException if a
	 * value can't work
	 */
	public DeliveryProperties {
		PropertyRules.requirePositive(PREFIX + ".timeout", timeout);
		PropertyRules.requirePositive(PREFIX + ".request-timeout", requestTimeout);
		PropertyRules.requirePositive(PREFIX + ".connect-timeout", connectTimeout);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-in-flight", maxInFlight);
		PropertyRules.requirePositive(PREFIX + ".shutdown-timeout", shutdownTimeout);
	}

	/**
	 * When a batch is sent again: after an answer of 429, 502, 503 or 504 and after a
	 * broken connection, waiting for a random time that is at most doubled with each
	 * attempt.
	 *
	 * @param maxAttempts attempts in all, 1 for no retry
	 * @param initialBackoff longest wait before the second attempt
	 * @param maxBackoff longest wait before any attempt
	 * @param maxRetryAfter longest wait that a server may ask for with Retry-After
	 */
	public record Retry(@DefaultValue("5") int maxAttempts, @DefaultValue("1s") Duration initialBackoff,
			@DefaultValue("5s") Duration maxBackoff, @DefaultValue("5m") Duration maxRetryAfter) {

		/**
		 * Create the properties.
		 * @throws io.github.adotspring.autoconfigure.InvalidAdotConfigurationException if
		 * a value can't work
		 */
		public Retry {
			PropertyRules.requireAtLeastOne(PREFIX + ".retry.max-attempts", maxAttempts);
			PropertyRules.requirePositive(PREFIX + ".retry.initial-backoff", initialBackoff);
			PropertyRules.requirePositive(PREFIX + ".retry.max-backoff", maxBackoff);
			PropertyRules.requirePositive(PREFIX + ".retry.max-retry-after", maxRetryAfter);
		}

	}

}
