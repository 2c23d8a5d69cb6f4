package io.github.adotspring.autoconfigure.amp;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;

/**
 * Buckets of a native histogram that hold something. The index of a bucket is one more
 * than in OpenTelemetry, since it is that of its upper bound.
 *
 * @param counts counts by index
 */
record NativeBuckets(TreeMap<Integer, Long> counts) {

	static final NativeBuckets EMPTY = new NativeBuckets(new TreeMap<>());

	/** Up to so many empty buckets take less room than the beginning of another span. */
	private static final int MAX_GAP = 2;

	private static final int MAX_SHIFT = 62;

	/** No double is in a bucket further out, at any scale that Prometheus has. */
	private static final long MAX_INDEX = 1 << 20;

	/**
	 * Read buckets.
	 * @param coarser by how many scales to merge them
	 */
	static NativeBuckets of(Buckets buckets, int coarser) {
		TreeMap<Integer, Long> counts = new TreeMap<>();
		for (int i = 0; i < buckets.getBucketCountsCount(); i++) {
			if (buckets.getBucketCounts(i) != 0) {
				long index = ((long) buckets.getOffset() + i >> Math.min(coarser, MAX_SHIFT)) + 1;
				counts.merge((int) Math.max(-MAX_INDEX, Math.min(MAX_INDEX, index)), buckets.getBucketCounts(i),
						Long::sum);
			}
		}
		return new NativeBuckets(counts);
	}

	long count() {
		return this.counts.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Write the buckets as spans, each with its distance from the one before, and counts,
	 * each as the difference to the one before.
	 */
	void write(ProtoWriter histogram, int spansField, int deltasField) {
		if (this.counts.isEmpty()) {
			return;
		}
		ProtoWriter deltas = new ProtoWriter();
		List<Span> spans = new ArrayList<>();
		long end = 0;
		long count = 0;
		for (var bucket : this.counts.entrySet()) {
			long gap = bucket.getKey() - end;
			if (spans.isEmpty() || gap > MAX_GAP) {
				spans.add(new Span((int) gap, 1));
			}
			else {
				for (int i = 0; i < gap; i++) {
					deltas.packedSInt64(-count);
					count = 0;
				}
				Span last = spans.remove(spans.size() - 1);
				spans.add(new Span(last.offset(), last.length() + (int) gap + 1));
			}
			deltas.packedSInt64(bucket.getValue() - count);
			count = bucket.getValue();
			end = bucket.getKey() + 1L;
		}
		spans.forEach((span) -> histogram.bytes(spansField,
				new ProtoWriter().sint32(1, span.offset()).int64(2, span.length()).toByteArray()));
		histogram.bytes(deltasField, deltas.toByteArray());
	}

	/**
	 * Buckets in a row.
	 *
	 * @param offset distance from the end of the span before, of the first its index
	 * @param length number of buckets
	 */
	private record Span(int offset, int length) {

	}

}
