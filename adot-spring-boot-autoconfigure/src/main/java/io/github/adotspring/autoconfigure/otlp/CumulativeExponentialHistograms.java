package io.github.adotspring.autoconfigure.otlp;

import java.util.List;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import org.jspecify.annotations.Nullable;

/**
 * Exponential histograms. Their scale falls while they count, so two are compared at the
 * coarser scale of the two. Minimum and maximum of what was added are not known.
 */
final class CumulativeExponentialHistograms implements CumulativePoints<ExponentialHistogramDataPoint> {

	@Override
	public List<KeyValue> attributes(ExponentialHistogramDataPoint point) {
		return point.getAttributesList();
	}

	@Override
	public long startTimeUnixNano(ExponentialHistogramDataPoint point) {
		return point.getStartTimeUnixNano();
	}

	@Override
	public long timeUnixNano(ExponentialHistogramDataPoint point) {
		return point.getTimeUnixNano();
	}

	@Override
	public boolean isCounted(ExponentialHistogramDataPoint point) {
		return point.getFlags() == 0;
	}

	@Override
	public @Nullable ExponentialHistogramDataPoint subtract(ExponentialHistogramDataPoint point,
			ExponentialHistogramDataPoint previous) {
		if (point.getZeroThreshold() != previous.getZeroThreshold() || point.getCount() < previous.getCount()
				|| point.getZeroCount() < previous.getZeroCount()) {
			return null;
		}
		int scale = Math.min(point.getScale(), previous.getScale());
		ExponentialBuckets positive = coarser(ExponentialBuckets.of(point.getPositive()), point, scale)
			.minus(coarser(ExponentialBuckets.of(previous.getPositive()), previous, scale));
		ExponentialBuckets negative = coarser(ExponentialBuckets.of(point.getNegative()), point, scale)
			.minus(coarser(ExponentialBuckets.of(previous.getNegative()), previous, scale));
		if (positive == null || negative == null) {
			return null;
		}
		ExponentialHistogramDataPoint.Builder delta = point.toBuilder()
			.setStartTimeUnixNano(previous.getTimeUnixNano())
			.setScale(scale)
			.setCount(point.getCount() - previous.getCount())
			.setZeroCount(point.getZeroCount() - previous.getZeroCount())
			.setPositive(positive.toMessage())
			.setNegative(negative.toMessage())
			.clearMin()
			.clearMax()
			.clearSum();
		if (point.hasSum() && previous.hasSum()) {
			delta.setSum(point.getSum() - previous.getSum());
		}
		return delta.build();
	}

	private static ExponentialBuckets coarser(ExponentialBuckets buckets, ExponentialHistogramDataPoint point,
			int scale) {
		return buckets.coarser((int) Math.min(Integer.MAX_VALUE, (long) point.getScale() - scale));
	}

	@Override
	public ExponentialHistogramDataPoint since(ExponentialHistogramDataPoint point, long startTimeUnixNano) {
		return point.toBuilder().setStartTimeUnixNano(startTimeUnixNano).build();
	}

	@Override
	public ExponentialHistogramDataPoint remembered(ExponentialHistogramDataPoint point) {
		return point.toBuilder().clearAttributes().clearExemplars().build();
	}

}
