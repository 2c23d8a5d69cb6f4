package io.github.adotspring.autoconfigure.spool;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file of the spool, such as
 * {@code 1767225600000-0000000001-traces-512.payload}. It sorts by time, and says what is
 * lost when the content can't be read: after a power failure, files are often empty.
 *
 * @param time when it was stored, in milliseconds since 1970
 * @param number what tells files of the same time and directory apart, and their order
 * @param signal the signal
 * @param items items in the payload
 */
record SpoolFileName(long time, long number, Signal signal, int items) implements Comparable<SpoolFileName> {

	private static final Comparator<SpoolFileName> BY_TIME = Comparator.comparingLong(SpoolFileName::time)
		.thenComparingLong(SpoolFileName::number)
		.thenComparing(SpoolFileName::signal)
		.thenComparingInt(SpoolFileName::items);

	private static final String SUFFIX = ".payload";

	private static final String TEMPORARY = ".tmp";

	private static final Pattern PATTERN = Pattern.compile(
			"(\\d{13})-(\\d{10})-(" + Arrays.stream(Signal.values()).map(Signal::key).collect(Collectors.joining("|"))
					+ ")-(\\d{1,10})" + Pattern.quote(SUFFIX));

	/**
	 * Read a name.
	 * @return the name, {@code null} if it is not one of ours
	 */
	static @Nullable SpoolFileName parse(String name) {
		Matcher matcher = PATTERN.matcher(name);
		if (!matcher.matches() || Long.parseLong(matcher.group(4)) > Integer.MAX_VALUE) {
			return null;
		}
		return new SpoolFileName(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
				Signal.valueOf(matcher.group(3).toUpperCase(Locale.ROOT)), Integer.parseInt(matcher.group(4)));
	}

	static boolean isTemporary(String name) {
		return name.endsWith(TEMPORARY) && parse(name.substring(0, name.length() - TEMPORARY.length())) != null;
	}

	Instant storedAt() {
		return Instant.ofEpochMilli(this.time);
	}

	String temporary() {
		return this + TEMPORARY;
	}

	@Override
	public int compareTo(SpoolFileName other) {
		return BY_TIME.compare(this, other);
	}

	@Override
	public String toString() {
		return "%013d-%010d-%s-%d%s".formatted(this.time, this.number, this.signal.key(), this.items, SUFFIX);
	}

}
