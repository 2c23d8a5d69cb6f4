package io.github.adotspring.autoconfigure.otlp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a destination accepts of one signal in one request. A number that is
 * {@link #NONE}, or a group that is {@code null}, is no limit.
 * <p>
 * AWS writes KB and MB; they are taken as 1,024 and 1,048,576 bytes, which CloudWatch
 * Logs spells out.
 *
 * @param requestBytes bytes of a request before compression, {@link #overheadBytes} of
 * each item included
 * @param items items of a request
 * @param overheadBytes bytes that the destination adds to each item when it measures a
 * request
 * @param itemBytes bytes of an item
 * @param contextBytes bytes of the resource and the scope of an item, together
 * @param eventBytes bytes of an item, its resource and its scope, together
 * @param largeBytes the same from where on a request holds only one such item
 * @param shortens whether an item that has too many bytes is shortened instead of dropped
 * @param times what is accepted of the times of items
 * @param labels what is accepted of the attributes of data points
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html">OTLP
 * endpoints of CloudWatch</a>
 */
public record OtlpLimits(int requestBytes, int items, int overheadBytes, int itemBytes, int contextBytes,
		int eventBytes, int largeBytes, boolean shortens, @Nullable Times times, @Nullable Labels labels) {

	/**
	 * No limit.
	 */
	public static final int NONE = Integer.MAX_VALUE;

	private static final int KILOBYTE = 1024;

	private static final int MEGABYTE = 1024 * KILOBYTE;

	private static final Times AWS_TIMES = new Times(Duration.ofHours(24), Duration.ofDays(14), Duration.ofHours(2));

	/**
	 * The limits of the OTLP endpoint of AWS X-Ray.
	 * @return limits for spans
	 */
	public static OtlpLimits xray() {
		return new OtlpLimits(5 * MEGABYTE, 10_000, 0, 200 * KILOBYTE, 16 * KILOBYTE, NONE, NONE, false, AWS_TIMES,
				null);
	}

	/**
	 * The limits of the OTLP endpoint of CloudWatch Logs, without the large log objects
	 * that some regions take.
	 * @return limits for log records
	 */
	public static OtlpLimits cloudWatchLogs() {
		return cloudWatchLogs(MEGABYTE, NONE);
	}

	/**
	 * The limits of the OTLP endpoint of CloudWatch Logs in a region with large log
	 * objects, where the part of a record above a megabyte is stored as one. Without a
	 * header that names others, those are its longest fields.
	 * @return limits for log records
	 */
	public static OtlpLimits cloudWatchLargeLogs() {
		return cloudWatchLogs(20 * MEGABYTE, MEGABYTE);
	}

	private static OtlpLimits cloudWatchLogs(int bytes, int largeBytes) {
		return new OtlpLimits(bytes, 10_000, 26, NONE, 16 * KILOBYTE, bytes, largeBytes, true, AWS_TIMES, null);
	}

	/**
	 * The limits of the OTLP endpoint of CloudWatch for metrics.
	 * @return limits for data points
	 */
	public static OtlpLimits cloudWatchMetrics() {
		return new OtlpLimits(MEGABYTE, 1_000, 0, NONE, NONE, NONE, NONE, false, AWS_TIMES,
				new Labels(150, 40 * KILOBYTE, 1_024, false));
	}

	/**
	 * No limits, as for a collector or the console.
	 * @return limits that every message keeps
	 */
	public static OtlpLimits unlimited() {
		return new OtlpLimits(NONE, NONE, 0, NONE, NONE, NONE, NONE, false, null, null);
	}

	/**
	 * What is accepted of the times of items.
	 *
	 * @param spread longest time between the earliest and the latest time in one request
	 * @param past how far back an item may be
	 * @param future how far ahead an item may be
	 */
	public record Times(Duration spread, Duration past, Duration future) {

	}

	/**
	 * What is accepted of the attributes of a data point, those of its resource and its
	 * scope included.
	 *
	 * @param count number of attributes
	 * @param bytes bytes of their names and values
	 * @param valueChars characters of a value that is a string
	 * @param resourceArrays whether attributes of a resource may be arrays
	 */
	public record Labels(int count, int bytes, int valueChars, boolean resourceArrays) {

	}

}
