package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.Locale;

import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.otlp.PartialSuccess;
import org.jspecify.annotations.Nullable;

/**
 * What became of a payload.
 *
 * @param failure why it was not delivered, {@code null} if it was
 * @param status HTTP status of the last answer, {@code 0} if there was none
 * @param message reason in words, safe to log
 * @param retryAfter how long the destination asks to wait, {@code null} if it does not
 * @param partialSuccess what the destination rejected of a payload that was delivered
 * @param spooled whether the payload is on disk, to be delivered later
 */
public record Outcome(@Nullable Failure failure, int status, String message, @Nullable Duration retryAfter,
		PartialSuccess partialSuccess, boolean spooled) {

	/**
	 * Why a payload was not delivered.
	 */
	public enum Failure {

		/**
		 * Region or credentials are missing, so that it could not be signed and was not
		 * sent.
		 */
		NOT_CONFIGURED(Result.DROPPED),

		/** The destination refused it, and would again. */
		REJECTED(Result.REJECTED),

		/** It is more than the destination takes in one request. */
		TOO_LARGE(Result.REJECTED),

		/** The destination was there but could not take it now. */
		UNAVAILABLE(Result.FAILED),

		/** The destination could not be reached, or the connection broke. */
		UNREACHABLE(Result.FAILED),

		/** No trusted TLS connection could be made, and could not be again. */
		NOT_TRUSTED(Result.FAILED),

		/** No answer came in time. */
		TIMEOUT(Result.FAILED),

		/** As many payloads of the signal are on their way as are allowed. */
		TOO_MANY_IN_FLIGHT(Result.DROPPED),

		/** The application context is closed. */
		CLOSED(Result.DROPPED),

		/** The message or the request could not be made. */
		INVALID(Result.DROPPED),

		/** Nothing is sent, because the user wants to see first what would be. */
		DRY_RUN(Result.DROPPED);

		private final Result result;

		Failure(Result result) {
			this.result = result;
		}

		/**
		 * What becomes of the items if nothing else is done for them.
		 * @return the result that they are counted under
		 */
		public Result result() {
			return this.result;
		}

		/**
		 * The name in counters and status.
		 * @return the name in lower case
		 */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/**
		 * Whether another attempt can succeed soon.
		 */
		boolean isTransient() {
			return this == UNAVAILABLE || this == UNREACHABLE || this == TIMEOUT;
		}

		/**
		 * Whether the next payload would fare no better now.
		 */
		boolean keepsEverythingBack() {
			return isTransient() || this == NOT_CONFIGURED || this == NOT_TRUSTED;
		}

		/**
		 * Whether the payload can be delivered at some later time, as it is.
		 */
		boolean canBeDeliveredLater() {
			return keepsEverythingBack() || this == TOO_MANY_IN_FLIGHT || this == CLOSED;
		}

	}

	/**
	 * A payload that arrived.
	 * @param status status of the answer, {@code 0} for a destination without HTTP
	 * @return the outcome
	 */
	public static Outcome delivered(int status) {
		return delivered(status, PartialSuccess.NONE);
	}

	/**
	 * A payload that arrived, but for some of its items.
	 * @param status status of the answer
	 * @param partialSuccess what was rejected
	 * @return the outcome
	 */
	public static Outcome delivered(int status, PartialSuccess partialSuccess) {
		return new Outcome(null, status, "", null, partialSuccess, false);
	}

	/**
	 * A payload that arrived, with something to say all the same.
	 * @param answer the answer
	 * @param warning what to say, safe to log
	 * @return the outcome, with what the answer says was rejected
	 */
	public static Outcome delivered(HttpFormat.Answer answer, String warning) {
		PartialSuccess told = PartialSuccess.read(answer.body(), null);
		String message = told.message().isEmpty() ? warning : warning + "; " + told.message();
		return delivered(answer.status(), new PartialSuccess(told.rejected(), message, told.reasons()));
	}

	/**
	 * A payload that did not arrive.
	 * @param failure why
	 * @param message reason in words, safe to log
	 * @return the outcome
	 */
	public static Outcome failed(Failure failure, String message) {
		return answered(failure, 0, message, null);
	}

	/**
	 * A payload that the destination did not take.
	 * @param failure why
	 * @param status status of the answer
	 * @param message reason in words, safe to log
	 * @param retryAfter how long the destination asks to wait, {@code null} if it does
	 * not
	 * @return the outcome
	 */
	public static Outcome answered(Failure failure, int status, String message, @Nullable Duration retryAfter) {
		return new Outcome(failure, status, message, retryAfter, PartialSuccess.NONE, false);
	}

	/**
	 * Whether the payload arrived.
	 * @return {@code true} without a failure
	 */
	public boolean isDelivered() {
		return this.failure == null;
	}

	/**
	 * Whether nobody has to care any more.
	 */
	boolean isTaken() {
		return isDelivered() || this.spooled || this.failure == Failure.DRY_RUN;
	}

	/**
	 * The same outcome, telling that it is that of several attempts.
	 */
	Outcome after(int attempts) {
		return new Outcome(this.failure, this.status, this.message + " (after " + attempts + " attempts)",
				this.retryAfter, this.partialSuccess, this.spooled);
	}

	/**
	 * The same outcome with an explanation.
	 */
	Outcome because(String explanation) {
		return new Outcome(this.failure, this.status, this.message + " (" + explanation + ")", this.retryAfter,
				this.partialSuccess, this.spooled);
	}

	/**
	 * The same outcome of a payload that is on disk now.
	 */
	Outcome onDisk() {
		return new Outcome(this.failure, this.status, this.message, this.retryAfter, this.partialSuccess, true);
	}

}
