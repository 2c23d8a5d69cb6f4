package io.github.adotspring.autoconfigure.testing;

/**
 * What an endpoint thinks of a request.
 */
public sealed interface Verdict {

	/**
	 * The request is good.
	 */
	record Accepted() implements Verdict {
	}

	/**
	 * The request is refused, with what AWS would say.
	 */
	record Refused(int status, String code, String message) implements Verdict {

		@Override
		public String toString() {
			return this.status + " " + this.code + ": " + this.message;
		}

	}

}
