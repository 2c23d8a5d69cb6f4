package io.github.adotspring.autoconfigure.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.BasicStatusManager;
import ch.qos.logback.core.status.StatusManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.MDCAdapter;

/**
 * Correlation of the events of a Logback context. It survives a reset of the context.
 */
final class LogbackCorrelation {

	private LogbackCorrelation() {
	}

	/**
	 * Gives events these ids from now on, instead of those of an application before.
	 * @param context the Logback context
	 * @param ids the ids, {@code null} for none
	 */
	static void apply(LoggerContext context, @Nullable CorrelationIds ids) {
		MDCAdapter current = context.getMDCAdapter();
		MDCAdapter plain = (current instanceof CorrelatedMdcAdapter correlated) ? correlated.mdc() : current;
		MDCAdapter adapter = (ids != null) ? new CorrelatedMdcAdapter(plain, ids) : plain;
		if (adapter != current) {
			replaceAdapter(context, adapter);
		}
	}

	/**
	 * Logback warns of a second adapter, and Boot would print that at the next start.
	 */
	private static void replaceAdapter(LoggerContext context, MDCAdapter adapter) {
		StatusManager statuses = context.getStatusManager();
		context.setStatusManager(new BasicStatusManager());
		try {
			context.setMDCAdapter(adapter);
		}
		finally {
			context.setStatusManager(statuses);
		}
	}

}
