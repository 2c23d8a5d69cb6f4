package io.github.adotspring.autoconfigure.emf;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.adotspring.autoconfigure.otlp.DataPoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Makes documents in CloudWatch Embedded Metric Format out of OTLP metrics of delta
 * temporality. Safe to be used by many threads at once.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 * metric format</a>
 */
final class EmfTranslator {

	private static final Log logger = LogFactory.getLog(EmfTranslator.class);

	/** As many metrics are named in the log for their dimensions. */
	private static final int MOST_WARNINGS = 20;

	private final EmfSettings settings;

	private final Clock clock;

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	EmfTranslator(EmfSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Translate a message.
	 * @param message an {@code ExportMetricsServiceRequest}, not compressed
	 * @throws java.io.UncheckedIOException if the bytes are not such a message
	 */
	EmfTranslation translate(byte[] message) {
		EmfDocuments documents = new EmfDocuments(this.settings, this.clock.instant(), this::warn);
		DataPoint.read(message).forEach(documents::add);
		return documents.close();
	}

	private void warn(String metric) {
		if (this.warned.size() < MOST_WARNINGS && this.warned.add(metric)) {
			logger.warn(("Metric '%s' has more than %d dimensions: in EMF the last of its attributes by name are only "
					+ "members of the log event. Choose dimensions with '%s.dimensions'.")
				.formatted(metric, Fields.MOST_DIMENSIONS, EmfProperties.PREFIX));
		}
	}

}
