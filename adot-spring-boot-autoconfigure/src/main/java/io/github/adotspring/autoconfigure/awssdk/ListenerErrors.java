package io.github.adotspring.autoconfigure.awssdk;

import java.util.Set;

/**
 * What went wrong in a listener, without the exceptions that Spring Cloud AWS, the SDK of
 * futures and reflection put around it.
 */
final class ListenerErrors {

	private static final Set<String> WRAPPERS = Set.of(
			"io.awspring.cloud.sqs.listener.AsyncAdapterBlockingExecutionFailedException",
			"io.awspring.cloud.sqs.listener.ListenerExecutionFailedException",
			"java.util.concurrent.CompletionException", "java.util.concurrent.ExecutionException",
			"java.lang.reflect.InvocationTargetException", "org.springframework.messaging.MessageHandlingException");

	private ListenerErrors() {
	}

	static Throwable causeOf(Throwable failure) {
		Throwable error = failure;
		while (error.getCause() != null && WRAPPERS.contains(error.getClass().getName())) {
			error = error.getCause();
		}
		return error;
	}

}
