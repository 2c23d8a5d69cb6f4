package io.github.adotspring.autoconfigure.amp;

/**
 * One of the series that a data point becomes.
 *
 * @param labels its labels, the name of the metric included
 * @param value what it has at the time of the data point
 * @param isCounter whether it counts from zero
 */
record Series(LabelSet labels, SampleValue value, boolean isCounter) {

	static Series gauge(LabelSet labels, double value) {
		return new Series(labels, FloatValue.of(value), false);
	}

	static Series counter(LabelSet labels, double value) {
		return new Series(labels, FloatValue.of(value), true);
	}

	Series stale() {
		return new Series(this.labels, this.value.stale(), false);
	}

}
