package io.github.adotspring.autoconfigure.delivery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.adotspring.autoconfigure.Signal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says a problem once: one line when deliveries begin to fail, one when they succeed
 * again with what was lost between, and none in between.
 */
public final class QuietLog {

	private static final Log logger = LogFactory.getLog("io.github.adotspring.delivery");

	private final Set<String> said = ConcurrentHashMap.newKeySet();

	/**
	 * Warn, unless the same was said before.
	 * @param message the warning, without secrets
	 */
	public void warnOnce(String message) {
		if (this.said.add(message)) {
			logger.warn(message);
		}
	}

	/**
	 * The log of one signal's deliveries.
	 */
	Outages outages(Signal signal) {
		return new Outages(signal);
	}

	final class Outages {

		private final Signal signal;

		private boolean failing;

		private long lost;

		private Outages(Signal signal) {
			this.signal = signal;
		}

		synchronized void record(int items, Outcome outcome) {
			if (outcome.isDelivered()) {
				end();
			}
			else {
				this.lost += items;
				begin(items, outcome);
			}
		}

		private void begin(int items, Outcome outcome) {
			if (this.failing) {
				return;
			}
			this.failing = true;
			if (outcome.failure() == Outcome.Failure.NOT_CONFIGURED) {
				warnOnce(outcome.message());
			}
			else {
				logger.warn("%s can't be delivered and %d %s are lost: %s. What is lost from now on is counted."
					.formatted(this.signal.displayName(), items, this.signal.itemName(), outcome.message()));
			}
		}

		private void end() {
			if (this.failing) {
				logger.info("%s are delivered again; %d %s were lost".formatted(this.signal.displayName(), this.lost,
						this.signal.itemName()));
			}
			this.failing = false;
			this.lost = 0;
		}

	}

}
