package io.github.adotspring.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Answers a part or a task that there isn't as the web does: not found.
 */
@EndpointWebExtension(endpoint = AdotEndpoint.class)
final class AdotEndpointWebExtension {

	private static final int METHOD_NOT_ALLOWED = 405;

	private final AdotEndpoint endpoint;

	AdotEndpointWebExtension(AdotEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@ReadOperation
	WebEndpointResponse<?> part(@Selector String part, @Nullable String method, @Nullable String path,
			@Nullable String host) {
		return switch (part) {
			case AdotEndpoint.SAMPLING -> new WebEndpointResponse<>(this.endpoint.part(part, method, path, host));
			case AdotEndpoint.CHECK -> new WebEndpointResponse<>(METHOD_NOT_ALLOWED);
			default -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		};
	}

	@WriteOperation
	WebEndpointResponse<CheckDescriptor> run(@Selector String task) {
		return AdotEndpoint.CHECK.equals(task) ? new WebEndpointResponse<>(this.endpoint.run(task))
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
