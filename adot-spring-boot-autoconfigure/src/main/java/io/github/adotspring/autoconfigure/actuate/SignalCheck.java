package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.delivery.CheckResult;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying one destination.
 *
 * @param result what it was
 * @param millis milliseconds until the answer or until it was given up, {@code null} if
 * nothing was sent
 * @param message what the destination said or why nothing was sent, {@code null} if it is
 * well
 * @param advice what to do, {@code null} if there is no advice
 */
record SignalCheck(Result result, @Nullable Long millis, @Nullable String message, @Nullable String advice) {

	static SignalCheck of(CheckResult check) {
		if (!check.sent()) {
			return new SignalCheck(Result.NOT_SENT, null, check.message(), null);
		}
		return new SignalCheck(check.ok() ? Result.OK : Result.FAILED, check.time().toMillis(),
				check.message().isEmpty() ? null : check.message(), check.advice());
	}

	/**
	 * How a try can end.
	 */
	enum Result {

		/** The destination took the empty export. */
		OK,

		/** It did not, or could not be reached, or the export could not be signed. */
		FAILED,

		/**
		 * The signal goes nowhere, stays in the process or has an exporter of its own.
		 */
		NOT_SENT

	}

}
