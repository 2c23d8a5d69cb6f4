package io.github.adotspring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a property of the starter that can't work.
 */
final class InvalidAdotConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidAdotConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidAdotConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.fix(), cause);
	}

}
