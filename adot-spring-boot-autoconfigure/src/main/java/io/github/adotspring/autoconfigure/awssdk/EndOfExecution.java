package io.github.adotspring.autoconfigure.awssdk;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The end of a call in the form in which upstream takes the end of a failed one, without
 * a failure.
 *
 * @param execution the call
 */
record EndOfExecution(Context.AfterExecution execution) implements Context.FailedExecution {

	// Upstream takes no exception for no failure, whatever the SDK promises.
	@Override
	@SuppressWarnings("NullAway")
	public @Nullable Throwable exception() {
		return null;
	}

	@Override
	public SdkRequest request() {
		return this.execution.request();
	}

	@Override
	public Optional<SdkHttpRequest> httpRequest() {
		return Optional.of(this.execution.httpRequest());
	}

	@Override
	public Optional<SdkHttpResponse> httpResponse() {
		return Optional.of(this.execution.httpResponse());
	}

	@Override
	public Optional<SdkResponse> response() {
		return Optional.of(this.execution.response());
	}

}
