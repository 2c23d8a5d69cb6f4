package io.github.adotspring.autoconfigure.otlp;

import java.util.stream.LongStream;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import org.jspecify.annotations.Nullable;

/**
 * The buckets on one side of an exponential histogram.
 *
 * @param offset index of the first bucket
 * @param counts how many are in each
 */
record ExponentialBuckets(long offset, long[] counts) {

	static ExponentialBuckets of(Buckets buckets) {
		return new ExponentialBuckets(buckets.getOffset(),
				buckets.getBucketCountsList().stream().mapToLong(Long::longValue).toArray());
	}

	/**
	 * The same buckets at a coarser scale, at which two become one for each step.
	 */
	ExponentialBuckets coarser(int steps) {
		if (steps == 0 || this.counts.length == 0) {
			return this;
		}
		int shift = Math.min(steps, Long.SIZE - 1);
		long first = this.offset >> shift;
		long last = (this.offset + this.counts.length - 1) >> shift;
		long[] merged = new long[(int) (last - first + 1)];
		for (int i = 0; i < this.counts.length; i++) {
			merged[(int) (((this.offset + i) >> shift) - first)] += this.counts[i];
		}
		return new ExponentialBuckets(first, merged);
	}

	/**
	 * What is in these buckets and not in others.
	 * @return the difference, {@code null} if it would be negative
	 */
	@Nullable ExponentialBuckets minus(ExponentialBuckets others) {
		long[] difference = this.counts.clone();
		for (int i = 0; i < others.counts.length; i++) {
			long index = others.offset + i - this.offset;
			boolean isHere = index >= 0 && index < difference.length;
			if (others.counts[i] > (isHere ? difference[(int) index] : 0)) {
				return null;
			}
			if (isHere) {
				difference[(int) index] -= others.counts[i];
			}
		}
		return new ExponentialBuckets(this.offset, difference);
	}

	Buckets toMessage() {
		return Buckets.newBuilder()
			.setOffset((int) this.offset)
			.addAllBucketCounts(LongStream.of(this.counts).boxed().toList())
			.build();
	}

}
