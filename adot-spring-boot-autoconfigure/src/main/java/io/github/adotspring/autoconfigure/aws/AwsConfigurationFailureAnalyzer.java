package io.github.adotspring.autoconfigure.aws;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a missing region or missing credentials to a user who chose
 * {@code management.adot.fail-fast}.
 */
final class AwsConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<AwsConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AwsConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.fix(), cause);
	}

}
