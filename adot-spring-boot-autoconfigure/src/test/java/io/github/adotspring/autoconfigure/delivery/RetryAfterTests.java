package io.github.adotspring.autoconfigure.delivery;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryAfter}.
 */
final class RetryAfterTests {

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final Clock clock = Clock.fixed(Instant.parse("2024-02-29T12:00:00Z"), ZoneOffset.UTC);

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "' 120 ', 120", "007, 7", "300, 300" })
	void readsSeconds(String value, long seconds) {
		assertThat(read(value, null)).isEqualTo(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "301", "999999999", "9999999999", "99999999999999999999999999999999999999",
			"Thu, 29 Feb 2024 12:05:01 GMT", "Fri, 31 Dec 9999 23:59:59 GMT" })
	void waitsNoLongerThanAllowed(String value) {
		assertThat(read(value, null)).isEqualTo(LONGEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "soon", "-1", "+1", "1.5", "1s", "0x10", "1, 2", "\u0661", "Thu, 29 Feb 2024",
			"Thu, 32 Feb 2024 12:00:00 GMT", "2024-02-29T12:01:00Z" })
	void takesNonsenseForNothing(String value) {
		assertThat(read(value, null)).isNull();
	}

	@Test
	void knowsNothingWithoutAHeader() {
		assertThat(RetryAfter.of(HttpHeaders.of(Map.of(), (name, value) -> true), this.clock, LONGEST)).isNull();
	}

	@Test
	void comparesADateWithTheClockOfThisMachine() {
		assertThat(read("Thu, 29 Feb 2024 12:01:30 GMT", null)).isEqualTo(Duration.ofSeconds(90));
	}

	@Test
	void comparesADateWithTheClockOfTheServerWhereItTellsIt() {
		assertThat(read("Thu, 29 Feb 2024 20:01:30 GMT", "Thu, 29 Feb 2024 20:01:00 GMT"))
			.isEqualTo(Duration.ofSeconds(30));
		assertThat(read("Thu, 29 Feb 2024 12:01:30 GMT", "yesterday")).isEqualTo(Duration.ofSeconds(90));
	}

	@Test
	void doesNotWaitForADateInThePast() {
		assertThat(read("Thu, 29 Feb 2024 11:59:59 GMT", null)).isEqualTo(Duration.ZERO);
		assertThat(read("Thu, 29 Feb 2024 12:01:30 GMT", "Thu, 29 Feb 2024 20:01:00 GMT")).isEqualTo(Duration.ZERO);
	}

	private @Nullable Duration read(String value, @Nullable String date) {
		Map<String, List<String>> headers = new TreeMap<>(Map.of("Retry-After", List.of(value)));
		if (date != null) {
			headers.put("Date", List.of(date));
		}
		return RetryAfter.of(HttpHeaders.of(headers, (name, header) -> true), this.clock, LONGEST);
	}

}
