package io.github.adotspring.autoconfigure.cloudwatch;

import java.util.List;

import io.github.adotspring.autoconfigure.cloudwatch.Translation.Datum;
import io.github.adotspring.autoconfigure.cloudwatch.Translation.None;
import io.github.adotspring.autoconfigure.datum.Distribution;
import io.github.adotspring.autoconfigure.datum.Distribution.Entry;
import io.github.adotspring.autoconfigure.datum.MetricText;
import io.github.adotspring.autoconfigure.datum.MetricUnit;
import io.github.adotspring.autoconfigure.datum.PointReader;
import io.github.adotspring.autoconfigure.datum.Reading;
import io.github.adotspring.autoconfigure.datum.Refusal;
import io.github.adotspring.autoconfigure.datum.ServiceIdentity;
import io.github.adotspring.autoconfigure.datum.SingleValue;
import io.github.adotspring.autoconfigure.datum.Statistics;
import io.github.adotspring.autoconfigure.otlp.DataPoint;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * Makes one datum of each data point.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">MetricDatum</a>
 */
final class DatumTranslator {

	/** Values that CloudWatch takes in one datum. */
	private static final int MAX_VALUES = 150;

	private static final int HIGH_RESOLUTION = 1;

	private final PointReader reader = new PointReader(MAX_VALUES);

	private final boolean serviceDimensions;

	private final boolean highResolution;

	DatumTranslator(boolean serviceDimensions, boolean highResolution) {
		this.serviceDimensions = serviceDimensions;
		this.highResolution = highResolution;
	}

	/**
	 * Make a datum.
	 * @return the datum, or why there is none
	 */
	Translation translate(DataPoint point) {
		String name = MetricText.metricName(point.metric().getName());
		if (name == null) {
			return new None(new Refusal(Reason.INVALID_NAME, "it has no name"));
		}
		MetricUnit unit = MetricUnit.of(point.metric().getUnit());
		Reading reading = this.reader.read(point, unit);
		if (reading instanceof Refusal refusal) {
			return new None(refusal);
		}
		List<Dimension> dimensions = MetricDimensions.of(point.attributes(),
				this.serviceDimensions ? ServiceIdentity.of(point.resource().getResource()) : null);
		if (dimensions.size() > MetricDimensions.MAX_DIMENSIONS) {
			return new None(new Refusal(Reason.TOO_MANY_ATTRIBUTES, "it has %d attributes, %d are allowed"
				.formatted(dimensions.size(), MetricDimensions.MAX_DIMENSIONS)));
		}
		MetricDatum.Builder datum = MetricDatum.builder().metricName(name).dimensions(dimensions).unit(unit.name());
		if (point.hasTime()) {
			datum.timestamp(point.time());
		}
		if (this.highResolution) {
			datum.storageResolution(HIGH_RESOLUTION);
		}
		add(reading, datum);
		return new Datum(datum.build());
	}

	private static void add(Reading reading, MetricDatum.Builder datum) {
		if (reading instanceof SingleValue single) {
			datum.value(single.value());
		}
		else if (reading instanceof Distribution distribution) {
			datum.values(distribution.entries().stream().map(Entry::value).toList())
				.counts(distribution.entries().stream().map(Entry::count).toList());
		}
		else if (reading instanceof Statistics statistics) {
			datum.statisticValues((set) -> set.sampleCount(statistics.count())
				.sum(statistics.sum())
				.minimum(statistics.min())
				.maximum(statistics.max()));
		}
	}

}
