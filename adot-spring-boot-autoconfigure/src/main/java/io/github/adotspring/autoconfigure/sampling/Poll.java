package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;
import java.util.function.UnaryOperator;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * One kind of poll: when it is due and how it went. It is logged when it begins to fail
 * and when it works again, and not in between. One thread polls, any may ask.
 */
final class Poll {

	private final String subject;

	private final Log logger;

	private volatile Figures figures;

	/**
	 * Create a poll.
	 * @param subject what is polled, in the plural
	 * @param first when it is due first
	 * @param logger where to say how it goes
	 */
	Poll(String subject, Instant first, Log logger) {
		this.subject = subject;
		this.logger = logger;
		this.figures = new Figures(null, 0, null, first);
	}

	boolean isDue(Instant now) {
		return !now.isBefore(this.figures.next());
	}

	/**
	 * Set when to poll next, without having polled.
	 */
	void schedule(Instant next) {
		update((before) -> new Figures(before.last(), before.failures(), before.lastError(), next));
	}

	void succeeded(Instant now, Instant next) {
		if (this.figures.failures() > 0) {
			this.logger.info("X-Ray's sampling %s are there again".formatted(this.subject));
		}
		update((before) -> new Figures(now, 0, before.lastError(), next));
	}

	void failed(Instant now, Instant next, String error) {
		if (this.figures.failures() == 0) {
			this.logger.warn("X-Ray's sampling %s can't be had: %s. This is tried again, and said once"
				.formatted(this.subject, error));
		}
		update((before) -> new Figures(now, before.failures() + 1, error, next));
	}

	private void update(UnaryOperator<Figures> change) {
		this.figures = change.apply(this.figures);
	}

	Figures figures() {
		return this.figures;
	}

	static String text(Exception ex) {
		return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
	}

	/**
	 * How a kind of poll goes.
	 *
	 * @param last when it was done last, {@code null} if never
	 * @param failures how often it failed since it last worked
	 * @param lastError what was wrong when it failed last, {@code null} if it never did
	 * @param next when it is due
	 */
	record Figures(@Nullable Instant last, int failures, @Nullable String lastError, Instant next) {

		SamplingStatus.Poll status() {
			return new SamplingStatus.Poll(this.last, this.failures, this.lastError, this.next);
		}

	}

}
