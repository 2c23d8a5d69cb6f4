package io.github.adotspring.autoconfigure.tracing;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;

import org.springframework.context.SmartLifecycle;

/**
 * Makes ids from fast random numbers. Processes that are restored from one checkpoint
 * would all draw the same numbers, so each changes them by a secret of its own from then
 * on.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Uniqueness
 * with Lambda SnapStart</a>
 */
final class RandomIdGenerator implements IdGenerator, SmartLifecycle {

	private final LongUnaryOperator traceIdStart;

	private final LongSupplier random;

	private volatile long secret;

	private volatile boolean stopped;

	private RandomIdGenerator(LongUnaryOperator traceIdStart, LongSupplier random) {
		this.traceIdStart = traceIdStart;
		this.random = random;
	}

	/**
	 * All of an id is random.
	 */
	static RandomIdGenerator w3c() {
		return new RandomIdGenerator((start) -> start, () -> ThreadLocalRandom.current().nextLong());
	}

	/**
	 * The first eight digits of a trace id are the time in seconds, which X-Ray's own ids
	 * have and older receivers ask for. They are valid W3C trace ids as they stand.
	 * @see <a href=
	 * "https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids">X-Ray
	 * trace ids</a>
	 */
	static RandomIdGenerator xray(Clock clock) {
		return xray(clock, () -> ThreadLocalRandom.current().nextLong());
	}

	static RandomIdGenerator xray(Clock clock, LongSupplier random) {
		return new RandomIdGenerator((start) -> ((clock.millis() / 1000) << 32) | (start & 0xFFFFFFFFL), random);
	}

	@Override
	public String generateSpanId() {
		long id = next();
		while (id == 0) {
			id = next();
		}
		return SpanId.fromLong(id);
	}

	@Override
	public String generateTraceId() {
		long end = next();
		while (end == 0) {
			end = next();
		}
		return TraceId.fromLongs(this.traceIdStart.applyAsLong(next()), end);
	}

	private long next() {
		return this.random.getAsLong() ^ this.secret;
	}

	@Override
	public void start() {
		if (this.stopped) {
			this.secret = new SecureRandom().nextLong();
		}
		this.stopped = false;
	}

	@Override
	public void stop() {
		this.stopped = true;
	}

	@Override
	public boolean isRunning() {
		return !this.stopped;
	}

}
