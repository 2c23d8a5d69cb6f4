package io.github.adotspring.autoconfigure.awssdk;

import io.opentelemetry.context.Context;
import software.amazon.awssdk.core.SdkRequest;

/**
 * A kind of request with a place for the context of the call, by which whatever gets the
 * message continues the trace.
 */
interface ContextCarrier {

	/**
	 * Put the context into a request.
	 * @param request any request
	 * @param context that of the span of the call
	 * @return a request that carries the context; the same if it is of another kind or
	 * carries one that the application has put into it
	 */
	SdkRequest inject(SdkRequest request, Context context);

	/**
	 * The request as upstream gets to see it.
	 * @param request any request
	 * @return by default the same
	 */
	default SdkRequest hidden(SdkRequest request) {
		return request;
	}

	/**
	 * The request with what was hidden from upstream.
	 * @param original the request as it was
	 * @param request the request as upstream returned it
	 * @return by default what upstream returned
	 */
	default SdkRequest restored(SdkRequest original, SdkRequest request) {
		return request;
	}

}
