package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.adotspring.autoconfigure.Signal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says each thing once, in the log category {@code io.github.adotspring}.
 */
public final class QuietLog implements AutoCloseable {

	private static final Log logger = LogFactory.getLog("io.github.adotspring");

	/** Enough for all that is known to be said, and an end for what is not. */
	private static final int MAX_SAID = 100;

	private final Clock clock;

	private final Map<Signal, Outages> outages = new ConcurrentHashMap<>();

	private final Queue<Outages> ofDestinations = new ConcurrentLinkedQueue<>();

	private final Set<String> said = ConcurrentHashMap.newKeySet();

	QuietLog(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Warn, unless the same was said before.
	 * @param message the warning, without secrets
	 */
	public void warnOnce(String message) {
		if (this.said.size() < MAX_SAID && this.said.add(message)) {
			logger.warn(message);
		}
	}

	/**
	 * The log of one signal's deliveries.
	 */
	Outages outages(Signal signal) {
		return this.outages.computeIfAbsent(signal, (key) -> new Outages(key, this.clock, this, logger));
	}

	/**
	 * The log of the deliveries to one of several destinations of a signal, whose outage
	 * is not over because another one answers.
	 */
	Outages outagesOfDestination(Signal signal) {
		Outages outages = new Outages(signal, this.clock, this, logger);
		this.ofDestinations.add(outages);
		return outages;
	}

	/**
	 * Say what was lost and not said yet.
	 */
	@Override
	public void close() {
		this.outages.values().forEach(Outages::end);
		this.ofDestinations.forEach(Outages::end);
	}

}
