package io.github.adotspring.autoconfigure.otlp;

import java.util.List;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint.ValueCase;
import org.jspecify.annotations.Nullable;

/**
 * Sums that only rise.
 */
final class CumulativeSums implements CumulativePoints<NumberDataPoint> {

	@Override
	public List<KeyValue> attributes(NumberDataPoint point) {
		return point.getAttributesList();
	}

	@Override
	public long startTimeUnixNano(NumberDataPoint point) {
		return point.getStartTimeUnixNano();
	}

	@Override
	public long timeUnixNano(NumberDataPoint point) {
		return point.getTimeUnixNano();
	}

	@Override
	public boolean isCounted(NumberDataPoint point) {
		return point.getFlags() == 0 && point.getValueCase() != ValueCase.VALUE_NOT_SET
				&& Double.isFinite(point.getAsDouble());
	}

	@Override
	public @Nullable NumberDataPoint subtract(NumberDataPoint point, NumberDataPoint previous) {
		NumberDataPoint.Builder delta = point.toBuilder().setStartTimeUnixNano(previous.getTimeUnixNano());
		if (point.getValueCase() == ValueCase.AS_INT && previous.getValueCase() == ValueCase.AS_INT) {
			return (point.getAsInt() >= previous.getAsInt())
					? delta.setAsInt(point.getAsInt() - previous.getAsInt()).build() : null;
		}
		double difference = number(point) - number(previous);
		return (difference >= 0) ? delta.setAsDouble(difference).build() : null;
	}

	private static double number(NumberDataPoint point) {
		return (point.getValueCase() == ValueCase.AS_INT) ? point.getAsInt() : point.getAsDouble();
	}

	@Override
	public NumberDataPoint since(NumberDataPoint point, long startTimeUnixNano) {
		return point.toBuilder().setStartTimeUnixNano(startTimeUnixNano).build();
	}

	@Override
	public NumberDataPoint remembered(NumberDataPoint point) {
		return point.toBuilder().clearAttributes().clearExemplars().build();
	}

}
