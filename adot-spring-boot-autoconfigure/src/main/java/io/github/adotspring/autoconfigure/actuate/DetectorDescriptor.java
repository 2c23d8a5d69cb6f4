package io.github.adotspring.autoconfigure.actuate;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.adotspring.autoconfigure.resource.DetectorReport;
import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of looking for one platform.
 *
 * @param detector its name
 * @param outcome what became of it
 * @param reason why, {@code null} if it was detected
 * @param millis milliseconds that it took, {@code null} if it was not looked for or did
 * not end
 * @param attributes names of what it found, {@code null} if that is nothing
 * @param missing what is not in the resource although the platform is known, and why,
 * {@code null} if that is nothing
 */
record DetectorDescriptor(String detector, Outcome outcome, @Nullable String reason, @Nullable Long millis,
		@Nullable Set<String> attributes, @Nullable Map<String, String> missing) {

	/**
	 * Describe a detector.
	 * @param report what it tells
	 * @param known names of the attributes of the resource, wherever they came from
	 */
	static DetectorDescriptor of(DetectorReport report, Set<String> known) {
		Map<String, String> missing = new TreeMap<>(report.missing());
		missing.keySet().removeAll(known);
		return new DetectorDescriptor(report.detector(), report.outcome(), report.reason(),
				(report.duration() != null) ? report.duration().toMillis() : null,
				report.attributes().isEmpty() ? null : new TreeSet<>(report.attributes().keySet()),
				missing.isEmpty() ? null : missing);
	}

}
