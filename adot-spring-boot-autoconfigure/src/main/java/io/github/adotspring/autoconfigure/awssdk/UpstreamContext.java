package io.github.adotspring.autoconfigure.awssdk;

import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;

/**
 * The context of the span that upstream's interceptor made for a call. It is current for
 * synchronous clients only, so it is taken from where upstream keeps it for both: an
 * attribute of the execution, known by its name.
 */
final class UpstreamContext {

	private static final String NAME = "io.opentelemetry.instrumentation.awssdk.v2_2.internal.TracingExecutionInterceptor.Context";

	private volatile @Nullable ExecutionAttribute<Context> attribute;

	/**
	 * The context of a call, {@code null} if it has no span.
	 */
	@Nullable Context of(ExecutionAttributes attributes) {
		ExecutionAttribute<Context> attribute = this.attribute;
		if (attribute == null) {
			attribute = find(attributes);
			this.attribute = attribute;
		}
		return (attribute != null) ? attributes.getAttribute(attribute) : null;
	}

	// The name and the values of an attribute belong together.
	@SuppressWarnings("unchecked")
	private static @Nullable ExecutionAttribute<Context> find(ExecutionAttributes attributes) {
		for (ExecutionAttribute<?> candidate : attributes.getAttributes().keySet()) {
			if (candidate.toString().equals(NAME) && attributes.getAttribute(candidate) instanceof Context) {
				return (ExecutionAttribute<Context>) candidate;
			}
		}
		return null;
	}

}
