package io.github.adotspring.autoconfigure.datum;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricText}.
 */
final class MetricTextTests {

	@ParameterizedTest
	@CsvSource(ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			http.route,http.route,http.route,http.route
			é,%C3%A9,%C3%A9,%C3%A9
			:x,:x,%3Ax,:x
			' a', a,%20a, a
			' ',,%20,-
			'',,_,-
			a b%20c,a b%20c,a b%20c,a b%20c
			""")
	void isPrintableAscii(String text, String metric, String name, String value) {
		assertThat(MetricText.metricName(text)).isEqualTo(metric);
		assertThat(MetricText.dimensionName(text)).isEqualTo(name);
		assertThat(MetricText.dimensionValue(text)).isEqualTo(value);
	}

	@Test
	void textsThatDifferStayDifferent() {
		assertThat(Stream.of("é", "è", "__", "a", " a", "", " ", "  ").map(MetricText::dimensionName))
			.doesNotHaveDuplicates();
		String prefix = "é".repeat(2_000);
		assertThat(MetricText.metricName(prefix + "1")).hasSize(255).isNotEqualTo(MetricText.metricName(prefix + "2"));
		assertThat(MetricText.dimensionName(prefix + "1")).hasSize(230)
			.isNotEqualTo(MetricText.dimensionName(prefix + "2"));
		assertThat(MetricText.dimensionValue(prefix + "1")).hasSize(1_024)
			.isNotEqualTo(MetricText.dimensionValue(prefix + "2"));
	}

}
