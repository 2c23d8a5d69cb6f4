package io.github.adotspring.autoconfigure.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What became of a payload.
 *
 * @param failure why it was not delivered, {@code null} if it was
 * @param status HTTP status of the last answer, {@code 0} if there was none
 * @param message reason in words, safe to log
 */
public record Outcome(@Nullable Failure failure, int status, String message) {

	/**
	 * Why a payload was not delivered.
	 */
	public enum Failure {

		/**
		 * Region or credentials are missing, so that it could not be signed and was not
		 * sent.
		 */
		NOT_CONFIGURED,

		/** The destination refused it, and would again. */
		REJECTED,

		/** The destination was there but could not take it now. */
		UNAVAILABLE,

		/** The destination could not be reached, or the connection broke. */
		UNREACHABLE,

		/** No answer came in time. */
		TIMEOUT,

		/** As many payloads of the signal are on their way as are allowed. */
		TOO_MANY_IN_FLIGHT,

		/** The application context is closed. */
		CLOSED,

		/** The message or the request could not be made. */
		INVALID;

		/**
		 * Whether another attempt can succeed.
		 */
		boolean isTransient() {
			return this == UNAVAILABLE || this == UNREACHABLE || this == TIMEOUT;
		}

		/**
		 * Whether the items were given up without an attempt to send them.
		 */
		boolean isDrop() {
			return this == NOT_CONFIGURED || this == TOO_MANY_IN_FLIGHT || this == CLOSED || this == INVALID;
		}

	}

	/**
	 * A payload that arrived.
	 * @param status status of the answer, {@code 0} for a destination without HTTP
	 * @return the outcome
	 */
	public static Outcome delivered(int status) {
		return new Outcome(null, status, "");
	}

	/**
	 * A payload that did not arrive.
	 * @param failure why
	 * @param message reason in words, safe to log
	 * @return the outcome
	 */
	public static Outcome failed(Failure failure, String message) {
		return new Outcome(failure, 0, message);
	}

	/**
	 * Whether the payload arrived.
	 * @return {@code true} without a failure
	 */
	public boolean isDelivered() {
		return this.failure == null;
	}

	/**
	 * The same outcome, telling that it is that of several attempts.
	 */
	Outcome after(int attempts) {
		return new Outcome(this.failure, this.status, this.message + " (after " + attempts + " attempts)");
	}

}
