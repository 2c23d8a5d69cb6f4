package io.github.adotspring.autoconfigure.delivery;

import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.adotspring.autoconfigure.aws.HttpDates;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a server asks to wait: seconds or a date.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-retry-after">RFC 9110,
 * Retry-After</a>
 */
final class RetryAfter {

	private RetryAfter() {
	}

	/**
	 * The time to wait, but no more than the longest; {@code null} if there is none that
	 * can be read. A date is compared with the server's own clock where its answer has a
	 * date.
	 */
	static @Nullable Duration of(HttpHeaders headers, Clock clock, Duration longest) {
		String value = headers.firstValue("retry-after").map(String::trim).orElse("");
		Duration wait = value.matches("\\d+") ? seconds(value) : untilDate(value, headers, clock);
		return (wait == null || wait.compareTo(longest) < 0) ? wait : longest;
	}

	private static Duration seconds(String value) {
		return Duration.ofSeconds(new BigInteger(value).min(BigInteger.valueOf(Integer.MAX_VALUE)).longValue());
	}

	private static @Nullable Duration untilDate(String value, HttpHeaders headers, Clock clock) {
		Instant until = HttpDates.parse(value);
		if (until == null) {
			return null;
		}
		Instant serverTime = headers.firstValue("date").map(HttpDates::parse).orElse(null);
		Duration wait = Duration.between((serverTime != null) ? serverTime : clock.instant(), until);
		return wait.isNegative() ? Duration.ZERO : wait;
	}

}
