package io.github.adotspring.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Answers a task that there isn't as the web does: not found.
 */
@EndpointWebExtension(endpoint = AdotEndpoint.class)
final class AdotEndpointWebExtension {

	private final AdotEndpoint endpoint;

	AdotEndpointWebExtension(AdotEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@WriteOperation
	WebEndpointResponse<CheckDescriptor> run(@Selector String task) {
		return AdotEndpoint.CHECK.equals(task) ? new WebEndpointResponse<>(this.endpoint.run(task))
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
