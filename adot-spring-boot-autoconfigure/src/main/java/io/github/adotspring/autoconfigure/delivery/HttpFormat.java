package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.opentelemetry.sdk.common.export.Compressor;
import org.jspecify.annotations.Nullable;

/**
 * The form of the requests to an HTTP destination, and what its answers mean.
 */
public interface HttpFormat {

	/**
	 * The media type of the requests.
	 * @return value of the header {@code Content-Type}
	 */
	String contentType();

	/**
	 * Other headers that every request has.
	 * @return values by name
	 */
	default Map<String, List<String>> headers() {
		return Map.of();
	}

	/**
	 * How bodies are compressed.
	 * @return the compressor, {@code null} for none
	 */
	default @Nullable Compressor compressor() {
		return null;
	}

	/**
	 * A request without items that shows whether the destination takes requests.
	 * @return the request, not compressed; {@code null} if there is none
	 */
	default byte @Nullable [] probe() {
		return null;
	}

	/**
	 * What an answer means that HTTP alone does not tell.
	 * @param answer the answer
	 * @return what became of the payload, {@code null} for what the status says
	 */
	default @Nullable Outcome read(Answer answer) {
		return null;
	}

	/**
	 * The same where it takes the request to tell.
	 * @param answer the answer
	 * @param payload what was sent
	 * @return what became of the payload, {@code null} for what the status says
	 */
	default @Nullable Outcome read(Answer answer, Payload payload) {
		return read(answer);
	}

	/**
	 * Make good what a refusal shows to be missing at the destination. Called on a thread
	 * of the delivery, once for each payload unless it says that this was not possible
	 * now.
	 * @param refusal an answer that is no success
	 * @param call sends other signed requests to the same host
	 * @return whether another attempt can succeed
	 * @throws IOException if it may be possible later; the payload is then one that the
	 * destination could not take now
	 */
	default boolean recover(Answer refusal, Call call) throws IOException {
		return false;
	}

	/**
	 * What is known of a refusal that could not be made good, beside what it says itself.
	 * @param refusal the refusal
	 * @return one line, safe to log; {@code null} if nothing is known
	 */
	default @Nullable String explain(Answer refusal) {
		return null;
	}

	/**
	 * An answer.
	 *
	 * @param status HTTP status
	 * @param body first 16 KB of the body
	 */
	record Answer(int status, byte[] body) {

		/**
		 * What the body says.
		 * @return one line without secrets, safe to log
		 */
		public String text() {
			return ErrorText.of(this.body, null);
		}

	}

	/**
	 * Sends a request beside those of the pipeline and waits for the answer.
	 */
	@FunctionalInterface
	interface Call {

		/**
		 * Send a signed POST to the host of the endpoint.
		 * @param path the path there, from the root
		 * @param headers all headers but those of the signature
		 * @param body the body, not compressed
		 * @return the answer
		 * @throws IOException if there is none
		 */
		Answer send(String path, Map<String, List<String>> headers, byte[] body) throws IOException;

	}

}
