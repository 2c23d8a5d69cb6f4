package io.github.adotspring.autoconfigure.otlp;

import java.util.List;

import io.opentelemetry.proto.common.v1.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the data points of one kind that count since a start.
 *
 * @param <P> the message of the kind
 */
interface CumulativePoints<P> {

	List<KeyValue> attributes(P point);

	long startTimeUnixNano(P point);

	long timeUnixNano(P point);

	/**
	 * Whether there is a number that can be subtracted.
	 */
	boolean isCounted(P point);

	/**
	 * What was added since another point, from its time on.
	 * @param point a point
	 * @param previous an earlier one of the same start
	 * @return the difference, {@code null} if it would be negative or the two can't be
	 * compared, so that the count must have begun again
	 */
	@Nullable P subtract(P point, P previous);

	/**
	 * The same point, counted from another time on.
	 */
	P since(P point, long startTimeUnixNano);

	/**
	 * What has to be kept of a point to subtract it from the next.
	 */
	P remembered(P point);

}
