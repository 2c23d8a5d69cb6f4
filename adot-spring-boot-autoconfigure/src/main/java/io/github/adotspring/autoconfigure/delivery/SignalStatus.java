package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What became of the items of a signal since the application started. At any time, what
 * was received and what was recovered from the spool of an earlier run add up to what was
 * exported, rejected, failed or dropped, is spooled, or is on its way.
 */
public final class SignalStatus {

	static final String DELIVERED = "delivered";

	static final String QUEUE_FULL = "queue_full";

	private final Clock clock;

	/** Has what all destinations of the signal have together. */
	private final @Nullable SignalStatus total;

	private final LongAdder received = new LongAdder();

	private final LongAdder recovered = new LongAdder();

	private final LongAdder shortened = new LongAdder();

	private volatile LongSupplier spooled = () -> 0;

	private volatile LongSupplier queueDrops = () -> 0;

	private final LongAdder bytes = new LongAdder();

	private final Map<Result, Map<String, LongAdder>> counts = new ConcurrentHashMap<>();

	private final List<SignalStatus> ofDestinations = new CopyOnWriteArrayList<>();

	private volatile boolean failing;

	private volatile @Nullable Instant lastSuccess;

	private volatile @Nullable LastError lastError;

	SignalStatus(Clock clock) {
		this(clock, null);
	}

	private SignalStatus(Clock clock, @Nullable SignalStatus total) {
		this.clock = clock;
		this.total = total;
	}

	/**
	 * The counters of one destination of several.
	 */
	SignalStatus ofDestination() {
		SignalStatus status = new SignalStatus(this.clock, this);
		this.ofDestinations.add(status);
		return status;
	}

	/**
	 * Whether these are the counters of one destination of several.
	 */
	boolean isOfDestination() {
		return this.total != null;
	}

	void received(int items) {
		this.received.add(items);
		if (this.total != null) {
			this.total.received(items);
		}
	}

	/**
	 * Count an item that the starter keeps from the SDK's queue, because the user said
	 * so.
	 * @param reason what the user said
	 */
	public void withheld(Withheld reason) {
		received(1);
		count(Result.DROPPED, reason.key(), 1);
	}

	void recovered(long items) {
		this.recovered.add(items);
	}

	void shortened(long items) {
		this.shortened.add(items);
		if (this.total != null) {
			this.total.shortened(items);
		}
	}

	/**
	 * Where to read how many items wait on disk.
	 */
	void spooledIn(LongSupplier spooled) {
		this.spooled = spooled;
	}

	/**
	 * Where to read how many items the SDK's queue had no room for.
	 */
	void queuedBy(LongSupplier queueDrops) {
		this.queueDrops = queueDrops;
	}

	/**
	 * Items that the SDK's queue had no room for.
	 */
	long queueDrops() {
		return this.queueDrops.getAsLong();
	}

	void delivered(int bytes) {
		this.failing = false;
		this.bytes.add(bytes);
		this.lastSuccess = this.clock.instant();
		if (this.total != null) {
			this.total.delivered(bytes);
		}
	}

	void count(Result result, String reason, long items) {
		if (items > 0) {
			this.counts.computeIfAbsent(result, (key) -> new ConcurrentHashMap<>())
				.computeIfAbsent(reason, (key) -> new LongAdder())
				.add(items);
			if (this.total != null) {
				this.total.count(result, reason, items);
			}
		}
	}

	void failing() {
		this.failing = true;
	}

	void error(String message, @Nullable String advice) {
		this.lastError = new LastError(this.clock.instant(), message, advice);
		if (this.total != null) {
			this.total.error(message, advice);
		}
	}

	/**
	 * Items that the SDK handed to the pipeline, had no room for before, or was kept from
	 * exporting.
	 * @return the number of items
	 */
	public long received() {
		return this.received.sum() + queueDrops();
	}

	/**
	 * Items that an earlier run of an application left in the spool and that this one
	 * took over.
	 * @return the number of items
	 */
	public long recovered() {
		return this.recovered.sum();
	}

	/**
	 * Items that were cut to what the destination takes of one, before whatever became of
	 * them. One that the destination finds too long again counts again.
	 * @return the number of items
	 */
	public long shortened() {
		return this.shortened.sum();
	}

	/**
	 * Items that wait on disk.
	 * @return the number of items
	 */
	public long spooled() {
		return this.spooled.getAsLong();
	}

	/**
	 * Bytes of the requests that were accepted, as they were sent.
	 * @return the number of bytes
	 */
	public long bytes() {
		return this.bytes.sum();
	}

	/**
	 * Items that the destination accepted.
	 * @return the number of items
	 */
	public long exported() {
		return total(Result.EXPORTED);
	}

	/**
	 * Items that the destination refused.
	 * @return the number of items
	 */
	public long rejected() {
		return total(Result.REJECTED);
	}

	/**
	 * Items that were sent and did not arrive.
	 * @return the number of items
	 */
	public long failed() {
		return total(Result.FAILED);
	}

	/**
	 * Items that were given up without being sent.
	 * @return the number of items
	 */
	public long dropped() {
		return total(Result.DROPPED);
	}

	/**
	 * Items with a result, by reason.
	 * @param result the result
	 * @return numbers of items by reason in lower case, such as {@code too_old}
	 */
	public Map<String, Long> byReason(Result result) {
		Map<String, Long> reasons = new TreeMap<>();
		this.counts.getOrDefault(result, Map.of()).forEach((reason, count) -> reasons.put(reason, count.sum()));
		long queueDrops = (result == Result.DROPPED) ? queueDrops() : 0;
		if (queueDrops > 0) {
			reasons.put(QUEUE_FULL, queueDrops);
		}
		return reasons;
	}

	/**
	 * Items with a result for one reason.
	 * @param result the result
	 * @param reason the reason, one of {@link Result#reasons()}
	 * @return the number of items
	 */
	public long items(Result result, String reason) {
		LongAdder count = this.counts.getOrDefault(result, Map.of()).get(reason);
		boolean queue = result == Result.DROPPED && reason.equals(QUEUE_FULL);
		return ((count != null) ? count.sum() : 0) + (queue ? queueDrops() : 0);
	}

	private long total(Result result) {
		return byReason(result).values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Whether the destination did not take what was last sent to it, or one of several
	 * did not.
	 * @return {@code false} also while nothing was sent
	 */
	public boolean isFailing() {
		return this.failing || this.ofDestinations.stream().anyMatch(SignalStatus::isFailing);
	}

	/**
	 * When a batch last arrived.
	 * @return the time, {@code null} if none has
	 */
	public @Nullable Instant lastSuccess() {
		return this.lastSuccess;
	}

	/**
	 * The last batch that did not arrive as a whole.
	 * @return time and reason, {@code null} if all have arrived
	 */
	public @Nullable LastError lastError() {
		return this.lastError;
	}

	/**
	 * What can become of an item.
	 */
	public enum Result {

		/** The destination accepted it. */
		EXPORTED,

		/** The destination refused it. */
		REJECTED,

		/** It was sent and did not arrive. */
		FAILED,

		/** It was given up without being sent. */
		DROPPED;

		/**
		 * The name in counters and status.
		 * @return the name in lower case
		 */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/**
		 * Why items can have this result.
		 * @return all reasons that there are in {@link SignalStatus#byReason}
		 */
		public Set<String> reasons() {
			return Reasons.of(this);
		}

	}

	/**
	 * A failure and its time.
	 *
	 * @param time when it was
	 * @param message reason in words, without secrets
	 * @param advice what to do about it, {@code null} if there is no advice
	 */
	public record LastError(Instant time, String message, @Nullable String advice) {

	}

}
