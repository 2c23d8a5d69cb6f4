package io.github.adotspring.autoconfigure.cloudwatch;

import io.github.adotspring.autoconfigure.datum.Refusal;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * What becomes of a data point.
 */
sealed interface Translation {

	/**
	 * It is a datum.
	 *
	 * @param value the datum
	 */
	record Datum(MetricDatum value) implements Translation {

	}

	/**
	 * It can't be a datum.
	 *
	 * @param refusal why
	 */
	record None(Refusal refusal) implements Translation {

	}

}
