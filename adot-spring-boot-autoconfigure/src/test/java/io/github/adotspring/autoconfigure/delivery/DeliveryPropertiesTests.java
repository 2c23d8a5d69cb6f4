package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.Map;

import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link DeliveryProperties} and {@link CollectorProperties}.
 */
final class DeliveryPropertiesTests {

	@Test
	void hasTheDefaultsThatItsDescriptionsSay() {
		assertThat(delivery(Map.of())).isEqualTo(new DeliveryProperties(Duration.ofSeconds(30), null, null, 4,
				Duration.ofSeconds(10),
				new DeliveryProperties.Retry(5, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(5))));
	}

	@Test
	void readsEveryProperty() {
		DeliveryProperties properties = delivery(Map.of("management.adot.delivery.timeout", "1m",
				"management.adot.delivery.request-timeout", "3s", "management.adot.delivery.connect-timeout", "500ms",
				"management.adot.delivery.max-in-flight", "8", "management.adot.delivery.retry.max-attempts", "1",
				"management.adot.delivery.retry.initial-backoff", "10ms", "management.adot.delivery.retry.max-backoff",
				"20ms", "management.adot.delivery.retry.max-retry-after", "40ms",
				"management.adot.delivery.shutdown-timeout", "2s"));
		assertThat(properties).isEqualTo(new DeliveryProperties(Duration.ofMinutes(1), Duration.ofSeconds(3),
				Duration.ofMillis(500), 8, Duration.ofSeconds(2),
				new DeliveryProperties.Retry(1, Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40))));
	}

	@ParameterizedTest
	@CsvSource({ "timeout, 0s, PT0S", "timeout, -5s, PT-5S", "request-timeout, 0, PT0S",
			"connect-timeout, -1ms, PT-0.001S", "shutdown-timeout, 0s, PT0S", "retry.max-retry-after, 0s, PT0S",
			"retry.initial-backoff, 0s, PT0S", "retry.max-backoff, 0s, PT0S" })
	void refusesATimeThatIsNone(String name, String value, String shown) {
		FailureAnalysis analysis = FailureAnalyses
			.of(catchThrowable(() -> delivery(Map.of("management.adot.delivery." + name, value))));
		assertThat(analysis.getDescription()).isEqualTo("Property 'management.adot.delivery." + name
				+ "' has the value '" + shown + "', but a time must be longer than zero.");
		assertThat(analysis.getAction())
			.isEqualTo("Write a duration such as '10s', or remove the property to use the default.");
	}

	@ParameterizedTest
	@CsvSource({ "max-in-flight, 0", "max-in-flight, -1", "retry.max-attempts, 0" })
	void refusesLessThanOne(String name, String value) {
		FailureAnalysis analysis = FailureAnalyses
			.of(catchThrowable(() -> delivery(Map.of("management.adot.delivery." + name, value))));
		assertThat(analysis.getDescription()).isEqualTo(
				"Property 'management.adot.delivery." + name + "' has the value '" + value + "', but the least is 1.");
		assertThat(analysis.getAction())
			.isEqualTo("Write a whole number from 1 up, or remove the property to use the default.");
	}

	@ParameterizedTest
	@CsvSource({ "localhost:4318, localhost:4318, an endpoint is a full URL with scheme and host",
			"https://me:s3cret@col:4318, https://col:4318, 'an endpoint has no user, query or fragment part'" })
	void refusesACollectorThatIsNoUrl(String value, String shown, String rule) {
		FailureAnalysis analysis = FailureAnalyses.of(catchThrowable(() -> bind(CollectorProperties.PREFIX,
				CollectorProperties.class, Map.of("management.adot.collector.endpoint", value))));
		assertThat(analysis.getDescription()).isEqualTo(
				"Property 'management.adot.collector.endpoint' has the value '" + shown + "', but " + rule + ".");
	}

	private static DeliveryProperties delivery(Map<String, String> properties) {
		return bind(DeliveryProperties.PREFIX, DeliveryProperties.class, properties);
	}

	private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
	}

}
