package io.github.adotspring.autoconfigure.amp;

/**
 * What exponential histograms become, the values of
 * {@code management.adot.metrics.amp.histograms}.
 */
enum HistogramForm {

	/** Series with buckets up to bounds, as every Prometheus knows them. */
	CLASSIC,

	/** One series each, with buckets as fine as they were recorded. */
	NATIVE

}
