package io.github.adotspring.autoconfigure.aws;

import java.util.function.Supplier;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;

/**
 * Calls of AWS by the telemetry itself, which make no spans: they would be exported by
 * calls that make spans. The context says so, because they can go through clients of the
 * application.
 */
public final class OwnCalls {

	private static final ContextKey<Boolean> KEY = ContextKey.named("adot-own-call");

	private OwnCalls() {
	}

	/**
	 * Do something without spans of AWS SDK clients.
	 * @param <T> type of the result
	 * @param call what is done on this thread
	 * @return its result
	 */
	public static <T> T make(Supplier<T> call) {
		return Context.current().with(KEY, true).wrapSupplier(call).get();
	}

	/**
	 * Whether this thread makes a call of the telemetry.
	 * @return whether spans are to be left out
	 */
	public static boolean isCurrent() {
		return Context.current().get(KEY) != null;
	}

}
