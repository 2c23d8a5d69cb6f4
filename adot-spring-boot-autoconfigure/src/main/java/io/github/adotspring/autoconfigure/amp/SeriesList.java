package io.github.adotspring.autoconfigure.amp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the series of a histogram or a summary, each once.
 */
final class SeriesList {

	/** The label with the upper bound of a bucket. */
	static final String LE = "le";

	/** The label with the quantile of a summary. */
	static final String QUANTILE = "quantile";

	private final String name;

	private final Labels labels;

	private final List<Series> series = new ArrayList<>();

	private final Set<LabelSet> present = new HashSet<>();

	SeriesList(String name, Labels labels) {
		this.name = name;
		this.labels = labels;
	}

	void bucket(String bound, double count) {
		add(Series.counter(this.labels.named(this.name + "_bucket", LE, bound), count));
	}

	/**
	 * The number of values of a histogram, which is also that up to infinity.
	 */
	void count(double count) {
		bucket("+Inf", count);
		total(count);
	}

	void total(double count) {
		add(Series.counter(this.labels.named(this.name + "_count"), count));
	}

	void sum(double sum) {
		add(Series.counter(this.labels.named(this.name + "_sum"), sum));
	}

	void quantile(String quantile, double value) {
		add(Series.gauge(this.labels.named(this.name, QUANTILE, quantile), value));
	}

	private void add(Series series) {
		if (this.present.add(series.labels())) {
			this.series.add(series);
		}
	}

	List<Series> toList() {
		return List.copyOf(this.series);
	}

}
