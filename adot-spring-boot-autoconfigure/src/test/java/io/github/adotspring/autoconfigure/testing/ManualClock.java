package io.github.adotspring.autoconfigure.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that a test moves.
 */
public final class ManualClock extends Clock {

	/** Where it stands at first, unless the test says otherwise. */
	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private volatile Instant now;

	public ManualClock() {
		this(START);
	}

	public ManualClock(Instant now) {
		this.now = now;
	}

	public void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
