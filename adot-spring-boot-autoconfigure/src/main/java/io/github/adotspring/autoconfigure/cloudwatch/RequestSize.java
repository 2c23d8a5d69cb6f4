package io.github.adotspring.autoconfigure.cloudwatch;

import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/**
 * How many bytes a request has before it is compressed. Counted as the form that AWS's
 * Query protocol is, with the longest numbers in the names of its fields: JSON and CBOR,
 * which newer versions of the SDK send, are shorter.
 *
 * @see <a href= "https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS Query
 * protocol</a>
 */
final class RequestSize {

	private static final String UNESCAPED = "-_.*";

	private static final int ESCAPED_BYTES = 3;

	private static final String FIXED = "Action=PutMetricData&Version=2010-08-01&Namespace=";

	private static final int DATUM = "&MetricData.member.1000.".length();

	private static final int METRIC_NAME = "MetricName=".length();

	private static final int DIMENSION = DATUM + "Dimensions.member.30.".length();

	private static final int DIMENSION_NAME = "Name=".length();

	private static final int DIMENSION_VALUE = "Value=".length();

	private static final int TIMESTAMP = "Timestamp=2000-01-01T00%3A00%3A00.000Z".length();

	private static final int UNIT = "Unit=Kilobytes%2FSecond".length();

	private static final int STORAGE_RESOLUTION = "StorageResolution=60".length();

	private static final int VALUE = "Value=".length();

	private static final int VALUES = DATUM + "Values.member.150=".length();

	private static final int COUNTS = DATUM + "Counts.member.150=".length();

	private static final int STATISTICS = 4 * (DATUM + "StatisticValues.SampleCount=".length());

	private RequestSize() {
	}

	/**
	 * The bytes of a request without data.
	 */
	static int of(String namespace) {
		return FIXED.length() + escaped(namespace);
	}

	/**
	 * The bytes that a datum adds.
	 */
	static int of(MetricDatum datum) {
		int bytes = DATUM + METRIC_NAME + escaped(datum.metricName()) + DATUM + TIMESTAMP + DATUM + UNIT + DATUM
				+ STORAGE_RESOLUTION;
		for (Dimension dimension : datum.dimensions()) {
			bytes += DIMENSION + DIMENSION_NAME + escaped(dimension.name());
			bytes += DIMENSION + DIMENSION_VALUE + escaped(dimension.value());
		}
		bytes += (datum.value() != null) ? DATUM + VALUE + number(datum.value()) : 0;
		for (Double value : datum.values()) {
			bytes += VALUES + number(value);
		}
		for (Double count : datum.counts()) {
			bytes += COUNTS + number(count);
		}
		StatisticSet statistics = datum.statisticValues();
		if (statistics != null) {
			bytes += STATISTICS + number(statistics.sampleCount()) + number(statistics.sum())
					+ number(statistics.minimum()) + number(statistics.maximum());
		}
		return bytes;
	}

	private static int number(Double number) {
		return number.toString().length();
	}

	/**
	 * The bytes of a text in printable ASCII. A space may be one character or three.
	 */
	private static int escaped(String text) {
		int bytes = 0;
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			boolean plain = Character.isLetterOrDigit(next) || UNESCAPED.indexOf(next) >= 0;
			bytes += plain ? 1 : ESCAPED_BYTES;
		}
		return bytes;
	}

}
