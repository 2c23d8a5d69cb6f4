package io.github.adotspring.autoconfigure.otlp;

import java.util.List;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import org.jspecify.annotations.Nullable;

/**
 * Histograms with explicit bounds. Minimum and maximum of what was added are not known.
 */
final class CumulativeHistograms implements CumulativePoints<HistogramDataPoint> {

	@Override
	public List<KeyValue> attributes(HistogramDataPoint point) {
		return point.getAttributesList();
	}

	@Override
	public long startTimeUnixNano(HistogramDataPoint point) {
		return point.getStartTimeUnixNano();
	}

	@Override
	public long timeUnixNano(HistogramDataPoint point) {
		return point.getTimeUnixNano();
	}

	@Override
	public boolean isCounted(HistogramDataPoint point) {
		return point.getFlags() == 0;
	}

	@Override
	public @Nullable HistogramDataPoint subtract(HistogramDataPoint point, HistogramDataPoint previous) {
		boolean isComparable = point.getExplicitBoundsList().equals(previous.getExplicitBoundsList())
				&& point.getBucketCountsCount() == previous.getBucketCountsCount();
		if (!isComparable || point.getCount() < previous.getCount()) {
			return null;
		}
		HistogramDataPoint.Builder delta = point.toBuilder()
			.setStartTimeUnixNano(previous.getTimeUnixNano())
			.setCount(point.getCount() - previous.getCount())
			.clearMin()
			.clearMax()
			.clearSum();
		for (int i = 0; i < point.getBucketCountsCount(); i++) {
			long difference = point.getBucketCounts(i) - previous.getBucketCounts(i);
			if (difference < 0) {
				return null;
			}
			delta.setBucketCounts(i, difference);
		}
		if (point.hasSum() && previous.hasSum()) {
			delta.setSum(point.getSum() - previous.getSum());
		}
		return delta.build();
	}

	@Override
	public HistogramDataPoint since(HistogramDataPoint point, long startTimeUnixNano) {
		return point.toBuilder().setStartTimeUnixNano(startTimeUnixNano).build();
	}

	@Override
	public HistogramDataPoint remembered(HistogramDataPoint point) {
		return point.toBuilder().clearAttributes().clearExemplars().build();
	}

}
