package io.github.adotspring.autoconfigure.sampling;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Samples so many a second, and no more than a second's at once. There is no lock and no
 * window that starts anew: all there is to know is the time from which the next one is in
 * its turn.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">Generic cell
 * rate algorithm</a>
 */
final class RateLimitedSampler implements Sampler {

	private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

	/** Within what a {@code long} of nanoseconds can add up. */
	private static final long MAX_INTERVAL = Long.MAX_VALUE / 4;

	private final double perSecond;

	private final LongSupplier nanoTime;

	private final long start;

	private final long interval;

	private final long burst;

	/** In nanoseconds since the start; it is ahead of the time by what was taken. */
	private final AtomicLong turn = new AtomicLong();

	/**
	 * Create a new instance.
	 * @param perSecond more than zero; less than one is one in so many seconds
	 * @param nanoTime a clock that only goes forward
	 */
	RateLimitedSampler(double perSecond, LongSupplier nanoTime) {
		this.perSecond = perSecond;
		this.nanoTime = nanoTime;
		this.start = nanoTime.getAsLong();
		this.interval = Math.min(Math.max(Math.round(SECOND / perSecond), 1), MAX_INTERVAL);
		this.burst = Math.max((long) SECOND - this.interval, 0);
	}

	@Override
	public SamplingResult shouldSample(Context parentContext, String traceId, String name, SpanKind spanKind,
			Attributes attributes, List<LinkData> parentLinks) {
		return take() ? SamplingResult.recordAndSample() : SamplingResult.drop();
	}

	private boolean take() {
		long now = this.nanoTime.getAsLong() - this.start;
		while (true) {
			long turn = this.turn.get();
			if (turn - now > this.burst) {
				return false;
			}
			if (this.turn.compareAndSet(turn, Math.max(turn, now) + this.interval)) {
				return true;
			}
		}
	}

	@Override
	public String getDescription() {
		return "RateLimited{" + this.perSecond + "/s}";
	}

	@Override
	public String toString() {
		return getDescription();
	}

}
