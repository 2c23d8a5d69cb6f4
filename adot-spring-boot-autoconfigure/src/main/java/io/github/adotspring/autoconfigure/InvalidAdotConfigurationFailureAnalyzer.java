package io.github.adotspring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Explains a property of the starter that can't work. Comes before Boot's analyzer for
 * properties that can't be bound, which does not know the fix.
 */
@Order(0)
final class InvalidAdotConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidAdotConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidAdotConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.fix(), cause);
	}

}
