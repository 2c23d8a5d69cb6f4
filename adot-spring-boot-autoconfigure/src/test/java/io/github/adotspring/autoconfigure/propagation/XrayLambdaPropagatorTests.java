package io.github.adotspring.autoconfigure.propagation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XrayLambdaPropagator}.
 */
class XrayLambdaPropagatorTests {

	private static final String PROPERTY = header('a');

	private static final String VARIABLE = header('b');

	private static final String HTTP = header('c');

	private final Map<String, String> properties = new HashMap<>();

	private final Map<String, String> variables = new HashMap<>();

	private final XrayLambdaPropagator propagator = new XrayLambdaPropagator(this.properties::get, this.variables::get);

	@Test
	void propertyComesBeforeTheVariableAndTheVariableBeforeTheHttpHeader() {
		assertThat(traceId(HTTP)).startsWith("cccc");
		this.variables.put("_X_AMZN_TRACE_ID", VARIABLE);
		assertThat(traceId(HTTP)).startsWith("bbbb");
		this.properties.put("com.amazonaws.xray.traceHeader", PROPERTY);
		assertThat(traceId(HTTP)).startsWith("aaaa");
		this.properties.put("com.amazonaws.xray.traceHeader", "");
		assertThat(traceId(HTTP)).startsWith("bbbb");
	}

	@Test
	void nextInvocationHasAnother() {
		this.properties.put("com.amazonaws.xray.traceHeader", PROPERTY);
		assertThat(traceId("")).startsWith("aaaa");
		this.properties.put("com.amazonaws.xray.traceHeader", VARIABLE);
		assertThat(traceId("")).startsWith("bbbb");
	}

	@Test
	void nonsenseIsAsNone() {
		this.variables.put("_X_AMZN_TRACE_ID", "Root=nonsense");
		assertThat(traceId(HTTP)).startsWith("cccc");
	}

	@Test
	void writesTheHttpHeader() {
		this.variables.put("_X_AMZN_TRACE_ID", VARIABLE);
		Map<String, String> carrier = new HashMap<>();
		this.propagator.inject(extract(""), carrier, Map::put);
		assertThat(carrier).containsOnly(Map.entry("X-Amzn-Trace-Id", VARIABLE));
		assertThat(this.propagator.fields()).containsExactly("X-Amzn-Trace-Id");
	}

	private String traceId(String http) {
		return Span.fromContext(extract(http)).getSpanContext().getTraceId();
	}

	private Context extract(String http) {
		return this.propagator.extract(Context.root(), http, HeaderGetter.INSTANCE);
	}

	private static String header(char digit) {
		String digits = String.valueOf(digit);
		return "Root=1-" + digits.repeat(8) + "-" + digits.repeat(24) + ";Parent=" + digits.repeat(16) + ";Sampled=1";
	}

	private enum HeaderGetter implements TextMapGetter<String> {

		INSTANCE;

		@Override
		public Iterable<String> keys(String header) {
			return List.of(XrayPropagator.HEADER);
		}

		@Override
		public @Nullable String get(@Nullable String header, String key) {
			return header;
		}

	}

}
