package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.Signal;

/**
 * What the OTLP endpoint of AWS for a signal wants beside OTLP. A bean of the package
 * behind it.
 */
public interface AwsOtlpExtension {

	/**
	 * The signal whose requests it extends.
	 * @return the signal
	 */
	Signal signal();

	/**
	 * Extend the requests and understand the answers to them.
	 * @param otlp requests with the headers of the user
	 * @return what requests are made with instead
	 */
	HttpFormat extend(HttpFormat otlp);

	/**
	 * What the start-up report says beside the endpoint.
	 * @return a phrase such as "log group shop"
	 */
	String describe();

}
