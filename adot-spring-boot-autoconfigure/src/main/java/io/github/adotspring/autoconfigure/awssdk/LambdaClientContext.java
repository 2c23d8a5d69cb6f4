package io.github.adotspring.autoconfigure.awssdk;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.utils.StringUtils;

/**
 * The client context of an invocation, in whose {@code custom} part instrumented
 * functions look for the configured propagators.
 */
final class LambdaClientContext implements ContextCarrier {

	/** What Lambda takes, encoded. */
	private static final int MAX_LENGTH = 3583;

	/** Not an object, so that upstream leaves it alone. */
	private static final String UNTOUCHABLE = Base64.getEncoder().encodeToString("[]".getBytes(StandardCharsets.UTF_8));

	private final TextMapPropagator propagator;

	LambdaClientContext(TextMapPropagator propagator) {
		this.propagator = propagator;
	}

	/**
	 * The request to show to upstream. It would put the context of the global
	 * OpenTelemetry into the client context, of which there is none, and by asking for it
	 * fix the global for the whole JVM.
	 */
	@Override
	public SdkRequest hidden(SdkRequest request) {
		return (request instanceof InvokeRequest invoke) ? invoke.toBuilder().clientContext(UNTOUCHABLE).build()
				: request;
	}

	@Override
	public SdkRequest restored(SdkRequest original, SdkRequest request) {
		return (request instanceof InvokeRequest invoke && original instanceof InvokeRequest before)
				? invoke.toBuilder().clientContext(before.clientContext()).build() : request;
	}

	@Override
	public SdkRequest inject(SdkRequest request, Context context) {
		if (!(request instanceof InvokeRequest invoke)) {
			return request;
		}
		String extended = extended(invoke.clientContext(), context);
		return (extended != null) ? invoke.toBuilder().clientContext(extended).build() : request;
	}

	private @Nullable String extended(@Nullable String clientContext, Context context) {
		JsonNodeParser parser = JsonNode.parser();
		JsonNode root = parser.parse(StringUtils.isEmpty(clientContext) ? "{}"
				: new String(Base64.getDecoder().decode(clientContext), StandardCharsets.UTF_8));
		if (!root.isObject()) {
			return null;
		}
		JsonNode custom = root.asObject().computeIfAbsent("custom", (key) -> parser.parse("{}"));
		if (!custom.isObject()) {
			return null;
		}
		Map<String, String> fields = new LinkedHashMap<>();
		this.propagator.inject(context, fields, (carrier, key, value) -> {
			if (carrier != null) {
				carrier.put(key, value);
			}
		});
		if (fields.isEmpty()) {
			return null;
		}
		fields.forEach((key, value) -> custom.asObject().put(key, parser.parse('"' + escaped(value) + '"')));
		String encoded = Base64.getEncoder().encodeToString(root.toString().getBytes(StandardCharsets.UTF_8));
		return (encoded.length() <= MAX_LENGTH) ? encoded : null;
	}

	private static String escaped(String value) {
		return value.replace("\\", "\\\\").replace("\"", "\\\"");
	}

}
