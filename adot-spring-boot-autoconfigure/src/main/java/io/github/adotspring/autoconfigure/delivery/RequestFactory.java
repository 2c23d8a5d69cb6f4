package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Makes the requests of a destination, one for each attempt.
 */
interface RequestFactory {

	/**
	 * Where requests go, by a network call where the region needs one.
	 * @return the full URL
	 * @throws io.github.adotspring.autoconfigure.aws.AwsConfigurationException if there
	 * is no region
	 */
	URI url();

	/**
	 * Make a request, by network calls where region or credentials need them.
	 * @param payload what to send
	 * @return the request
	 * @throws io.github.adotspring.autoconfigure.aws.AwsConfigurationException if it
	 * can't be signed
	 */
	Attempt create(Payload payload);

	/**
	 * Forget what is no longer true after the process was frozen for some time.
	 */
	default void forget() {
	}

	/**
	 * The request of one attempt.
	 */
	interface Attempt {

		/**
		 * The request to send.
		 * @return the request
		 */
		HttpRequest request();

		/**
		 * Mend what a refusal shows to be wrong with the request, perhaps by a network
		 * call.
		 * @param response the refusal
		 * @param message what it says
		 * @return whether a new request can succeed
		 * @throws IOException if it may be possible later to mend it
		 */
		boolean recover(HttpResponse<byte[]> response, String message) throws IOException;

	}

}
