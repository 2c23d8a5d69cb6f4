package io.github.adotspring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains versions of OpenTelemetry that can't work together.
 */
final class OpenTelemetryVersionFailureAnalyzer extends AbstractFailureAnalyzer<OpenTelemetryVersionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, OpenTelemetryVersionException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.fix(), cause);
	}

}
