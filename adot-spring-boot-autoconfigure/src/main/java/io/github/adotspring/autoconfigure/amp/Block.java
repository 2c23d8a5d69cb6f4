package io.github.adotspring.autoconfigure.amp;

import java.util.List;

/**
 * Series that stay together in one request: those of a data point, or one that belongs to
 * none.
 *
 * @param bytes field 1 of a {@code WriteRequest} for each series
 * @param items data points, 0 or 1
 */
record Block(byte[] bytes, int items) {

	static final int TIMESERIES_FIELD = 1;

	/**
	 * The first field of a {@code TimeSeries}. In that of the first series of a data
	 * point labels come before samples, and in all others after them. Fields may come in
	 * any order, so this tells where data points begin and costs nothing.
	 */
	static final int LABELS_FIELD = 1;

	static Block ofPoint(List<LabelSet> labels, List<byte[]> samples) {
		ProtoWriter series = new ProtoWriter();
		for (int i = 0; i < labels.size(); i++) {
			byte[] encoded = labels.get(i).encoded();
			series.bytes(TIMESERIES_FIELD, (i == 0) ? join(encoded, samples.get(i)) : join(samples.get(i), encoded));
		}
		return new Block(series.toByteArray(), 1);
	}

	static Block ofSeries(LabelSet labels, byte[] samples) {
		byte[] series = join(samples, labels.encoded());
		return new Block(new ProtoWriter().bytes(TIMESERIES_FIELD, series).toByteArray(), 0);
	}

	private static byte[] join(byte[] first, byte[] second) {
		return new ProtoWriter().raw(first).raw(second).toByteArray();
	}

}
