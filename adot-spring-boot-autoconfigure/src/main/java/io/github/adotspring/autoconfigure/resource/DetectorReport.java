package io.github.adotspring.autoconfigure.resource;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What became of looking for one platform.
 *
 * @param detector name of the detector, as in {@code management.adot.resource.detectors}
 * @param outcome what became of it
 * @param reason why it is so, {@code null} where the platform was detected
 * @param duration how long it took, {@code null} if it was not looked for or is not over
 * @param attributes what was found, by name
 * @param missing what could not be found although the platform was, by name and with the
 * reason
 */
public record DetectorReport(String detector, Outcome outcome, @Nullable String reason, @Nullable Duration duration,
		Map<String, Object> attributes, Map<String, String> missing) {

	static DetectorReport absent(DetectorName name, String reason) {
		return new DetectorReport(name.key(), Outcome.ABSENT, reason, null, Map.of(), Map.of());
	}

	static DetectorReport unfinished(DetectorName name, Outcome outcome, String reason) {
		return new DetectorReport(name.key(), outcome, reason, null, Map.of(), Map.of());
	}

	static DetectorReport failed(DetectorName name, String reason, Duration duration) {
		return new DetectorReport(name.key(), Outcome.FAILED, reason, duration, Map.of(), Map.of());
	}

	boolean isFailure() {
		return this.outcome == Outcome.FAILED || this.outcome == Outcome.TIMED_OUT;
	}

	/**
	 * What can become of it.
	 */
	public enum Outcome {

		/**
		 * This is the platform.
		 */
		DETECTED,

		/**
		 * Nothing local says that this is the platform, so it was not looked for.
		 */
		ABSENT,

		/**
		 * The platform did not answer as it should.
		 */
		FAILED,

		/**
		 * The platform did not answer in time, and the resource went without it.
		 */
		TIMED_OUT,

		/**
		 * The platform was asked, and nobody has needed the answer yet.
		 */
		RUNNING

	}

}
