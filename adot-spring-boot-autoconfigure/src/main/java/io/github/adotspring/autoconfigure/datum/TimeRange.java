package io.github.adotspring.autoconfigure.datum;

import java.time.Duration;
import java.time.Instant;

import io.github.adotspring.autoconfigure.otlp.DataPoint;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The times of data points that CloudWatch takes.
 *
 * @param earliest the earliest
 * @param latest the latest
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">MetricDatum</a>
 */
public record TimeRange(Instant earliest, Instant latest) {

	private static final Duration PAST = Duration.ofDays(14);

	private static final Duration FUTURE = Duration.ofHours(2);

	/**
	 * What CloudWatch takes at a time.
	 * @param now the time
	 * @return from 14 days ago to 2 hours ahead
	 */
	public static TimeRange at(Instant now) {
		return new TimeRange(now.minus(PAST), now.plus(FUTURE));
	}

	/**
	 * Why a data point is not taken.
	 * @param point the data point; one without a time is of now
	 * @return the reason, {@code null} if it is taken
	 */
	public @Nullable Refusal refusal(DataPoint point) {
		if (point.hasTime() && point.time().isBefore(this.earliest)) {
			return new Refusal(Reason.TOO_OLD, "it is from " + point.time() + ", 14 days ago is allowed");
		}
		if (point.hasTime() && point.time().isAfter(this.latest)) {
			return new Refusal(Reason.TOO_NEW, "it is from " + point.time() + ", 2 hours ahead is allowed");
		}
		return null;
	}

}
