package io.github.adotspring.autoconfigure.delivery;

import java.net.http.HttpRequest;

/**
 * Makes the request of one attempt.
 */
@FunctionalInterface
interface RequestFactory {

	/**
	 * Make a request, by network calls where region or credentials need them.
	 * @param payload what to send
	 * @return the request
	 * @throws io.github.adotspring.autoconfigure.aws.AwsConfigurationException if it
	 * can't be signed
	 */
	HttpRequest create(Payload payload);

}
