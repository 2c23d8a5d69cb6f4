package io.github.adotspring.autoconfigure.awssdk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * An asynchronous client whose answers are handled in the context of the caller. What
 * follows an answer runs on a thread of the SDK: {@code SqsTemplate} first asks for the
 * URL of a queue and sends in the answer, which would not be in the caller's trace.
 */
final class CallersContext implements InvocationHandler {

	private final SqsAsyncClient client;

	private CallersContext(SqsAsyncClient client) {
		this.client = client;
	}

	static SqsAsyncClient keptBy(SqsAsyncClient client) {
		return (SqsAsyncClient) Proxy.newProxyInstance(SqsAsyncClient.class.getClassLoader(),
				new Class<?>[] { SqsAsyncClient.class }, new CallersContext(client));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (method.getDeclaringClass() == Object.class && method.getName().equals("equals")) {
			return (arguments != null) && (proxy == arguments[0]);
		}
		try {
			Object result = method.invoke(this.client, arguments);
			Context context = Context.current();
			return (result instanceof CompletableFuture<?> future && Span.fromContextOrNull(context) != null)
					? in(context, future) : result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static <T> CompletableFuture<T> in(Context context, CompletableFuture<T> future) {
		CompletableFuture<T> result = new CompletableFuture<>();
		future.whenComplete(context.wrapConsumer((value, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else {
				result.complete(value);
			}
		}));
		result.whenComplete((value, failure) -> {
			if (result.isCancelled()) {
				future.cancel(true);
			}
		});
		return result;
	}

}
