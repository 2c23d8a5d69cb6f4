package io.github.adotspring.autoconfigure.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The clock of this machine, set right by the clock of AWS once AWS has refused it.
 */
final class SigningClock {

	/**
	 * AWS allows five minutes. A date that is closer than this to the time that was
	 * refused is not from the clock that refused it.
	 */
	private static final Duration SMALLEST_SKEW = Duration.ofMinutes(1);

	private final Clock machine;

	private volatile Duration offset = Duration.ZERO;

	SigningClock(Clock machine) {
		this.machine = machine;
	}

	Instant instant() {
		return this.machine.instant().plus(this.offset);
	}

	/**
	 * Learn the time from an answer.
	 * @param refused the time that was signed and refused
	 * @param date the {@code Date} header of the answer
	 * @return whether a signature of now can be accepted
	 */
	boolean learn(Instant refused, @Nullable String date) {
		Instant server = HttpDates.parse(date);
		if (server == null || Duration.between(refused, server).abs().compareTo(SMALLEST_SKEW) < 0) {
			return false;
		}
		this.offset = Duration.between(this.machine.instant(), server);
		return true;
	}

	/**
	 * Trust the clock of this machine again.
	 */
	void forget() {
		this.offset = Duration.ZERO;
	}

}
