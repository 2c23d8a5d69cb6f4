package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * The application contexts of this JVM that trace AWS SDK clients, in the order in which
 * they started. It is static because the AWS SDK makes the interceptors of clients that
 * are no beans, and gives them nothing to find a context by. A context is in it while it
 * is open.
 */
final class TracedContexts {

	private static final List<ContextTracing> OPEN = new CopyOnWriteArrayList<>();

	private TracedContexts() {
	}

	static void add(ContextTracing context) {
		OPEN.add(context);
	}

	static void remove(ContextTracing context) {
		OPEN.remove(context);
	}

	/**
	 * The context that started last, {@code null} if none is open.
	 */
	static @Nullable ContextTracing latest() {
		Object[] open = OPEN.toArray();
		return (open.length > 0) ? (ContextTracing) open[open.length - 1] : null;
	}

}
