package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Traces of a rule that X-Ray was not told of yet, and their anomalies.
 */
final class BoostCounts {

	private final LongAdder traces = new LongAdder();

	private final LongAdder sampledAnomalies = new LongAdder();

	private final LongAdder otherAnomalies = new LongAdder();

	void countTrace() {
		this.traces.increment();
	}

	void countAnomaly(boolean sampled) {
		(sampled ? this.sampledAnomalies : this.otherAnomalies).increment();
	}

	/**
	 * Take what was counted.
	 * @return {@code null} if no trace was
	 */
	@Nullable BoostStatistics take(String rule, String service, Instant now) {
		if (this.traces.sum() == 0) {
			return null;
		}
		long sampledAnomalies = this.sampledAnomalies.sumThenReset();
		long anomalies = sampledAnomalies + this.otherAnomalies.sumThenReset();
		return new BoostStatistics(rule, service, now, this.traces.sumThenReset(), anomalies, sampledAnomalies);
	}

	/**
	 * Count again what was taken and not told.
	 */
	void giveBack(BoostStatistics statistics) {
		this.traces.add(statistics.traces());
		this.sampledAnomalies.add(statistics.sampledAnomalies());
		this.otherAnomalies.add(statistics.anomalies() - statistics.sampledAnomalies());
	}

}
