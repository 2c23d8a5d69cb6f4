package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What came of an empty export that was sent to try a destination.
 *
 * @param sent whether there was something to try
 * @param ok whether the destination took it
 * @param time time until the answer, or until it was given up
 * @param message what the destination said, or why nothing was sent; empty if it is well
 * @param advice what to do, {@code null} if there is no advice
 */
public record CheckResult(boolean sent, boolean ok, Duration time, String message, @Nullable String advice) {

	static CheckResult notSent(String message) {
		return new CheckResult(false, true, Duration.ZERO, message, null);
	}

}
