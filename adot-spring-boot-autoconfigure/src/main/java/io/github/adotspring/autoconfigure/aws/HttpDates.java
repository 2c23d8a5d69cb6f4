package io.github.adotspring.autoconfigure.aws;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Reads the dates of HTTP headers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats">RFC 9110,
 * Date/Time Formats</a>
 */
public final class HttpDates {

	private HttpDates() {
	}

	/**
	 * Read a date.
	 * @param value value of a header, {@code null} if there is none
	 * @return the time, {@code null} if the value is not a date
	 */
	public static @Nullable Instant parse(@Nullable String value) {
		try {
			return (value != null) ? DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
