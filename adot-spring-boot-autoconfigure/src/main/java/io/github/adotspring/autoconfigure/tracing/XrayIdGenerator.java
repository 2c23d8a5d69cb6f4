package io.github.adotspring.autoconfigure.tracing;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Makes trace ids whose first eight digits are the time in seconds, which X-Ray's own ids
 * have and older receivers ask for. They are valid W3C trace ids as they stand.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids">X-Ray
 * trace ids</a>
 */
final class XrayIdGenerator implements IdGenerator {

	private final Clock clock;

	private final IdGenerator random = IdGenerator.random();

	XrayIdGenerator(Clock clock) {
		this.clock = clock;
	}

	@Override
	public String generateSpanId() {
		return this.random.generateSpanId();
	}

	@Override
	public String generateTraceId() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long seconds = this.clock.millis() / 1000;
		long high = (seconds << 32) | (random.nextInt() & 0xFFFFFFFFL);
		return TraceId.fromLongs(high, random.nextLong());
	}

	@Override
	public String toString() {
		return "XrayIdGenerator";
	}

}
