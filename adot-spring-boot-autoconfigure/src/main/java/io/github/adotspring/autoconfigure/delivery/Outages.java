package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * The log of one signal's deliveries: a line when an outage begins, at most one a minute
 * while it lasts, one when it is over. What is lost beside outages, and outages that
 * follow each other fast, share that one line a minute, with counts by reason.
 */
final class Outages {

	private static final Duration WINDOW = Duration.ofMinutes(1);

	private final Signal signal;

	private final Clock clock;

	private final QuietLog log;

	private final Log logger;

	/** What was lost, by reason, and not said yet. */
	private final Map<String, Long> unsaid = new TreeMap<>();

	/** When the present outage began, {@code null} if there is none. */
	private @Nullable Instant since;

	private boolean announced;

	private @Nullable Instant lastWarning;

	private String lastReason = "";

	private long lost;

	private long spooled;

	Outages(Signal signal, Clock clock, QuietLog log, Log logger) {
		this.signal = signal;
		this.clock = clock;
		this.log = log;
		this.logger = logger;
	}

	/**
	 * A payload was delivered.
	 */
	synchronized void delivered() {
		if (this.announced) {
			this.logger
				.info("%s are delivered again after %s: %s".formatted(this.signal.displayName(), duration(), losses()));
			this.unsaid.clear();
			forget();
		}
		else if (!this.unsaid.isEmpty() && mayWarn()) {
			warnOfLosses(this.lastReason);
			forget();
		}
		this.since = null;
		this.announced = false;
	}

	/**
	 * A payload could not be delivered.
	 * @param items the items of the payload
	 * @param outcome what became of it
	 * @param where what is said of the destination, such as " to https://..."
	 * @param advice what to do, {@code null} if there is no advice
	 */
	synchronized void failed(int items, Outcome outcome, String where, @Nullable String advice) {
		if (this.since == null) {
			this.since = this.clock.instant();
		}
		if (outcome.failure() != Failure.CLOSED || this.lastReason.isEmpty()) {
			this.lastReason = outcome.message();
		}
		if (outcome.spooled()) {
			this.spooled += items;
		}
		else {
			count((outcome.failure() != null) ? outcome.failure().key() : "", items);
		}
		if (outcome.failure() == Failure.NOT_CONFIGURED) {
			// What is missing is missing for all signals, and does not come by itself.
			this.log.warnOnce(outcome.message());
			this.announced = true;
		}
		else if (mayWarn()) {
			warnOfOutage(where, advice);
			this.announced = true;
		}
	}

	private void warnOfOutage(String where, @Nullable String advice) {
		if (this.announced) {
			warn("%s still can't be delivered%s after %s: %s%s. Last reason: %s".formatted(this.signal.displayName(),
					where, duration(), losses(), unsaidReasons(), this.lastReason));
		}
		else {
			warn("%s can't be delivered%s: %s. %s.%s What follows is said once a minute.".formatted(
					this.signal.displayName(), where, withoutDot(this.lastReason), losses(),
					(advice != null) ? " " + advice : ""));
		}
	}

	/**
	 * Items were lost although the destination answers.
	 * @param items number of items
	 * @param reason why, as it is counted
	 * @param description what they were or what the destination says, may be empty
	 */
	void lost(long items, String reason, String description) {
		lost(Map.of(reason, items), description);
	}

	/**
	 * Items were lost for several reasons at once.
	 * @param items numbers of items by reason, as they are counted
	 * @param description what the destination says, may be empty
	 */
	synchronized void lost(Map<String, Long> items, String description) {
		items.forEach(this::count);
		if (this.since == null && mayWarn()) {
			warnOfLosses(description);
		}
	}

	/**
	 * Say what was not said yet, because nothing follows.
	 */
	synchronized void end() {
		if (!this.unsaid.isEmpty()) {
			warnOfLosses(this.lastReason);
		}
	}

	private void warnOfLosses(String description) {
		warn("%d %s were lost%s%s".formatted(total(), this.signal.itemName(), unsaidReasons(),
				description.isEmpty() ? "" : ": " + description));
	}

	private void warn(String line) {
		this.logger.warn(line);
		this.lastWarning = this.clock.instant();
		this.unsaid.clear();
	}

	private void count(String reason, long items) {
		this.lost += items;
		if (items > 0) {
			this.unsaid.merge(reason, items, Long::sum);
		}
	}

	private boolean mayWarn() {
		return this.lastWarning == null
				|| Duration.between(this.lastWarning, this.clock.instant()).compareTo(WINDOW) >= 0;
	}

	private long total() {
		return this.unsaid.values().stream().mapToLong(Long::longValue).sum();
	}

	private String unsaidReasons() {
		return this.unsaid.isEmpty() ? ""
				: this.unsaid.entrySet()
					.stream()
					.map((reason) -> reason.getKey() + " " + reason.getValue())
					.collect(Collectors.joining(", ", " (", ")"));
	}

	private String losses() {
		String text = this.lost + " " + this.signal.itemName() + " were lost";
		return (this.spooled > 0) ? text + " and " + this.spooled + " kept on disk" : text;
	}

	private void forget() {
		this.lastReason = "";
		this.lost = 0;
		this.spooled = 0;
	}

	private String duration() {
		Instant since = this.since;
		long seconds = (since != null) ? Duration.between(since, this.clock.instant()).toSeconds() : 0;
		return (seconds < 120) ? seconds + " s" : (seconds / 60) + " min";
	}

	private static String withoutDot(String text) {
		return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
	}

}
