package io.github.adotspring.autoconfigure.propagation;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import org.jspecify.annotations.Nullable;

/**
 * Carries traces as {@link XrayPropagator} does. In a Lambda function the header of an
 * invocation is no HTTP header but a system property or a variable, and it comes before
 * the HTTP header of an event: it names the span of the function, which is nearer.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/faas/aws-lambda/">Instrumenting AWS
 * Lambda</a>
 */
final class XrayLambdaPropagator implements TextMapPropagator {

	private static final String PROPERTY = "com.amazonaws.xray.traceHeader";

	private static final String VARIABLE = "_X_AMZN_TRACE_ID";

	private final XrayPropagator delegate = XrayPropagator.getInstance();

	private final Function<String, @Nullable String> properties;

	private final Function<String, @Nullable String> variables;

	XrayLambdaPropagator(Function<String, @Nullable String> properties, Function<String, @Nullable String> variables) {
		this.properties = properties;
		this.variables = variables;
	}

	/**
	 * Of the process, which gets the header of each invocation in turn.
	 */
	static XrayLambdaPropagator ofProcess() {
		Map<String, String> variables = System.getenv();
		return new XrayLambdaPropagator(System::getProperty, variables::get);
	}

	@Override
	public Collection<String> fields() {
		return this.delegate.fields();
	}

	@Override
	public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
		this.delegate.inject(context, carrier, setter);
	}

	@Override
	public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
		Context extracted = this.delegate.extract(context, carrier, getter);
		String header = header();
		return (header != null) ? this.delegate.extract(extracted, header) : extracted;
	}

	private @Nullable String header() {
		String header = this.properties.apply(PROPERTY);
		return (header != null && !header.isEmpty()) ? header : this.variables.apply(VARIABLE);
	}

	@Override
	public String toString() {
		return "XrayLambdaPropagator";
	}

}
