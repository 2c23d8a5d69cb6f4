package io.github.adotspring.autoconfigure.awssdk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.contrib.awsxray.propagator.AwsXrayPropagator;
import org.jspecify.annotations.Nullable;

/**
 * X-Ray's tracing header where it is no HTTP header but a field of a message.
 */
final class TraceHeader {

	private static final String NAME = "X-Amzn-Trace-Id";

	private TraceHeader() {
	}

	/**
	 * The header for the span of a context, {@code null} if there is no span.
	 */
	static @Nullable String of(Context context) {
		Map<String, String> carrier = new HashMap<>();
		AwsXrayPropagator.getInstance().inject(context, carrier, (map, key, value) -> {
			if (map != null) {
				map.put(key, value);
			}
		});
		return carrier.get(NAME);
	}

	/**
	 * The span that a header names, an invalid one if it names none.
	 */
	static Span spanOf(@Nullable String header) {
		if (header == null) {
			return Span.getInvalid();
		}
		return Span.fromContext(AwsXrayPropagator.getInstance().extract(Context.root(), header, HeaderGetter.INSTANCE));
	}

	private enum HeaderGetter implements TextMapGetter<String> {

		INSTANCE;

		@Override
		public Iterable<String> keys(String header) {
			return List.of(NAME);
		}

		@Override
		public @Nullable String get(@Nullable String header, String key) {
			return NAME.equalsIgnoreCase(key) ? header : null;
		}

	}

}
