package io.github.adotspring.autoconfigure.resource;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where an application runs, beside its start. It is begun as soon as the
 * environment is known, and the SDK, which is made while beans are, waits for the rest of
 * it. An application whose environment was not prepared by Boot begins it there.
 */
final class PlatformDetection implements ResourceReport {

	private static final Log logger = LogFactory.getLog(PlatformDetection.class);

	private final Surroundings surroundings;

	private @Nullable ResourceProperties properties;

	private @Nullable DetectionRun run;

	private @Nullable Attributes attributes;

	PlatformDetection(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	/**
	 * Begin, unless it was with the same properties.
	 */
	synchronized void begin(ResourceProperties properties) {
		if (!properties.equals(this.properties)) {
			if (this.run != null) {
				this.run.close();
			}
			this.properties = properties;
			this.attributes = null;
			this.run = properties.enabled() ? DetectionRun.start(properties, this.surroundings) : null;
		}
	}

	/**
	 * What was found, waiting for it as long as the properties allow.
	 */
	synchronized Attributes await(ResourceProperties properties) {
		begin(properties);
		Attributes found = this.attributes;
		if (found == null) {
			found = (this.run != null) ? this.run.await() : Attributes.empty();
			this.attributes = found;
			warn();
		}
		return found;
	}

	private void warn() {
		List<String> failures = detectors().stream()
			.filter(DetectorReport::isFailure)
			.map((report) -> report.detector() + " (" + report.reason() + ")")
			.toList();
		if (!failures.isEmpty()) {
			logger.warn("The resource of the telemetry lacks what these detectors could not find out: "
					+ String.join("; ", failures) + ". Leave them out of '" + ResourceProperties.PREFIX
					+ ".detectors' if they are not needed.");
		}
	}

	@Override
	public List<DetectorReport> detectors() {
		DetectionRun current = current();
		return (current != null) ? current.reports() : List.of();
	}

	private synchronized @Nullable DetectionRun current() {
		return this.run;
	}

}
