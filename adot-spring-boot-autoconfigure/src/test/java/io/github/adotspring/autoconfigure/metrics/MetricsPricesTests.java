package io.github.adotspring.autoconfigure.metrics;

import java.time.YearMonth;
import java.util.Map;

import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link MetricsPrices}.
 */
final class MetricsPricesTests {

	@Test
	void hasTheListPrices() {
		assertThat(bind(Map.of())).isEqualTo(new MetricsPrices(YearMonth.of(2026, 11), 0.50, 0.30, 0.50, 0.01, 0.90));
	}

	@Test
	void readsEveryProperty() {
		assertThat(bind(Map.of("management.adot.metrics.prices.as-of", "2027-02",
				"management.adot.metrics.prices.otlp-gigabyte", "0.6", "management.adot.metrics.prices.custom-metric",
				"0", "management.adot.metrics.prices.log-gigabyte", "0.7",
				"management.adot.metrics.prices.thousand-requests", "0.02",
				"management.adot.metrics.prices.ten-million-samples", "0.35")))
			.isEqualTo(new MetricsPrices(YearMonth.of(2027, 2), 0.6, 0, 0.7, 0.02, 0.35));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "otlp-gigabyte", "custom-metric", "log-gigabyte", "thousand-requests", "ten-million-samples" })
	void refusesWhatIsNoPrice(String name) {
		for (String value : new String[] { "-0.01", "NaN", "Infinity" }) {
			Throwable failure = catchThrowable(() -> bind(Map.of("management.adot.metrics.prices." + name, value)));
			FailureAnalysis analysis = FailureAnalyses.of(failure);
			assertThat(analysis.getDescription()).isEqualTo("Property 'management.adot.metrics.prices." + name
					+ "' has the value '" + value + "', but a price is a number from 0 up.");
			assertThat(analysis.getAction())
				.isEqualTo("Write a price in USD such as '0.30', or remove the property to use the default.");
		}
	}

	private static MetricsPrices bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(MetricsPrices.PREFIX,
				MetricsPrices.class);
	}

}
