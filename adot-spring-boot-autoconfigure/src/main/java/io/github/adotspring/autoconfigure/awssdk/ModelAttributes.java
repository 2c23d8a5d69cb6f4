package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What Amazon Bedrock's {@code InvokeModel} says in the body, for models that upstream
 * does not parse. Of those that it does both read the same fields into attributes of the
 * same types.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html">Inference
 * request parameters and response fields</a>
 */
final class ModelAttributes {

	private static final AttributeKey<Double> TEMPERATURE = AttributeKey.doubleKey("gen_ai.request.temperature");

	private static final AttributeKey<Double> TOP_P = AttributeKey.doubleKey("gen_ai.request.top_p");

	private static final AttributeKey<Long> MAX_TOKENS = AttributeKey.longKey("gen_ai.request.max_tokens");

	private static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");

	private static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");

	private static final AttributeKey<List<String>> FINISH_REASONS = AttributeKey
		.stringArrayKey("gen_ai.response.finish_reasons");

	private ModelAttributes() {
	}

	static void ofRequest(Span span, SdkPojo request, Operation operation) {
		if (!operation.service().equals("BedrockRuntime")) {
			return;
		}
		String model = Fields.text(request, "modelId");
		if (model != null) {
			span.setAttribute("gen_ai.request.model", model);
		}
		ModelBody body = body(request, operation);
		body.number("max_tokens", "max_completion_tokens", "max_gen_len", "textGenerationConfig.maxTokenCount",
				"inferenceConfig.max_new_tokens", "inferenceConfig.maxTokens")
			.ifPresent((value) -> span.setAttribute(MAX_TOKENS, (long) value));
		body.number("temperature", "textGenerationConfig.temperature", "inferenceConfig.temperature")
			.ifPresent((value) -> span.setAttribute(TEMPERATURE, value));
		body.number("top_p", "p", "textGenerationConfig.topP", "inferenceConfig.top_p", "inferenceConfig.topP")
			.ifPresent((value) -> span.setAttribute(TOP_P, value));
	}

	static void ofResponse(Span span, SdkPojo response, Operation operation) {
		if (!operation.service().equals("BedrockRuntime")) {
			return;
		}
		ModelBody body = body(response, operation);
		body.number("usage.input_tokens", "usage.prompt_tokens", "usage.inputTokens", "inputTextTokenCount",
				"prompt_token_count")
			.ifPresent((value) -> span.setAttribute(INPUT_TOKENS, (long) value));
		body.number("usage.output_tokens", "usage.completion_tokens", "usage.outputTokens", "results.0.tokenCount",
				"generation_token_count")
			.ifPresent((value) -> span.setAttribute(OUTPUT_TOKENS, (long) value));
		body.text("stopReason", "stop_reason", "finish_reason", "choices.0.finish_reason", "outputs.0.stop_reason",
				"results.0.completionReason", "generations.0.finish_reason")
			.ifPresent((reason) -> span.setAttribute(FINISH_REASONS, List.of(reason)));
	}

	private static ModelBody body(SdkPojo message, Operation operation) {
		return (operation.name().startsWith("InvokeModel") && Fields.value(message, "body") instanceof SdkBytes bytes)
				? ModelBody.of(bytes) : ModelBody.EMPTY;
	}

}
