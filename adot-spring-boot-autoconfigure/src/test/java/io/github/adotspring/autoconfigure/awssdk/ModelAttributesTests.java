package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;
import java.util.stream.Stream;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What spans of {@code InvokeModel} say of models whose bodies upstream parses and of
 * those that it doesn't.
 */
class ModelAttributesTests {

	private final TracedContext context = TracedContext.start();

	private final AwsServer server = new AwsServer();

	@AfterEach
	void close() {
		this.server.close();
		this.context.close();
	}

	@ParameterizedTest
	@MethodSource("families")
	void areTypedForEveryFamily(Family family) {
		this.server.answers(200, "application/json", family.answer());
		try (BedrockRuntimeClient client = Clients.sync(BedrockRuntimeClient.builder(), this.server.url())) {
			client
				.invokeModel((request) -> request.modelId(family.model()).body(SdkBytes.fromUtf8String(family.body())));
		}
		assertThatSpanDescribes(family);
	}

	@ParameterizedTest
	@MethodSource("families")
	void areThoseOfAsynchronousCallsToo(Family family) {
		this.server.answers(200, "application/json", family.answer());
		try (BedrockRuntimeAsyncClient client = Clients.async(BedrockRuntimeAsyncClient.builder(), this.server.url())) {
			client
				.invokeModel((request) -> request.modelId(family.model()).body(SdkBytes.fromUtf8String(family.body())))
				.join();
		}
		assertThatSpanDescribes(family);
	}

	private void assertThatSpanDescribes(Family family) {
		Attributes attributes = this.context.onlySpan().getAttributes();
		assertThat(attributes.get(AttributeKey.stringKey("gen_ai.request.model"))).isEqualTo(family.model());
		assertThat(attributes.get(AttributeKey.longKey("gen_ai.request.max_tokens"))).isEqualTo(500);
		assertThat(attributes.get(AttributeKey.doubleKey("gen_ai.request.temperature"))).isEqualTo(0.5);
		assertThat(attributes.get(AttributeKey.doubleKey("gen_ai.request.top_p"))).isEqualTo(0.9);
		assertThat(attributes.get(AttributeKey.stringArrayKey("gen_ai.response.finish_reasons")))
			.isEqualTo(List.of("stop"));
		if (family.inputTokens() != null) {
			assertThat(attributes.get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
				.isEqualTo(family.inputTokens());
			assertThat(attributes.get(AttributeKey.longKey("gen_ai.usage.output_tokens"))).isEqualTo(22);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "7", "{", "{\"max_tokens\":\"many\",\"temperature\":{}}", "{\"top_p\":1e999}",
			"{\"choices\":[]}" })
	void failNoCallWithABodyThatIsStrange(String body) {
		this.server.answers(200, "application/json", body);
		try (BedrockRuntimeClient client = Clients.sync(BedrockRuntimeClient.builder(), this.server.url())) {
			for (String model : List.of("ai21.jamba-1", "amazon.nova-micro-v1:0")) {
				String answer = client
					.invokeModel((request) -> request.modelId(model).body(SdkBytes.fromUtf8String(body)))
					.body()
					.asUtf8String();
				assertThat(answer).isEqualTo(body);
			}
		}
		assertThat(this.context.spans()).allSatisfy((span) -> {
			assertThat(span.getAttributes().get(AttributeKey.longKey("gen_ai.request.max_tokens"))).isNull();
			assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
		});
		assertThat(Span.current().getSpanContext().isValid()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{" })
	void endTheSpanOfAnAnswerThatIsStrange(String answer) {
		this.server.answers(200, "application/json", answer);
		try (BedrockRuntimeClient client = Clients.sync(BedrockRuntimeClient.builder(), this.server.url())) {
			client.invokeModel(
					(request) -> request.modelId("amazon.nova-micro-v1:0").body(SdkBytes.fromUtf8String("{}")));
		}
		assertThat(this.context.onlySpan().getName()).isEqualTo("chat amazon.nova-micro-v1:0");
		assertThat(Span.current().getSpanContext().isValid()).isFalse();
	}

	@Test
	void areReadOfLargeBodiesNeither() {
		String body = "{\"max_tokens\":500,\"image\":\"" + "x".repeat(1024 * 1024) + "\"}";
		this.server.answers(200, "application/json", "{}");
		try (BedrockRuntimeClient client = Clients.sync(BedrockRuntimeClient.builder(), this.server.url())) {
			client.invokeModel((request) -> request.modelId("ai21.jamba-1").body(SdkBytes.fromUtf8String(body)));
		}
		assertThat(this.context.onlySpan().getAttributes().get(AttributeKey.longKey("gen_ai.request.max_tokens")))
			.isNull();
	}

	static Stream<Family> families() {
		String inference = "\"temperature\":0.5,\"top_p\":0.9";
		String openAi = "{\"messages\":[],\"max_tokens\":500," + inference + "}";
		String openAiAnswer = "{\"choices\":[{\"finish_reason\":\"stop\"}],"
				+ "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":22}}";
		return Stream.of(
				new Family("amazon.nova-micro-v1:0",
						"{\"inferenceConfig\":{\"max_new_tokens\":500,\"temperature\":0.5,\"topP\":0.9}}",
						"{\"stopReason\":\"stop\",\"usage\":{\"inputTokens\":11,\"outputTokens\":22}}", 11L),
				new Family("amazon.titan-text-lite-v1",
						"{\"textGenerationConfig\":{\"maxTokenCount\":500,\"temperature\":0.5,\"topP\":0.9}}",
						"{\"inputTextTokenCount\":11,\"results\":[{\"tokenCount\":22,\"completionReason\":\"stop\"}]}",
						11L),
				new Family("anthropic.claude-3-haiku-20240307-v1:0", openAi,
						"{\"stop_reason\":\"stop\",\"usage\":{\"input_tokens\":11,\"output_tokens\":22}}", 11L),
				new Family("meta.llama3-8b-instruct-v1:0", "{\"max_gen_len\":500," + inference + "}",
						"{\"stop_reason\":\"stop\",\"prompt_token_count\":11,\"generation_token_count\":22}", 11L),
				new Family("cohere.command-r-v1:0",
						"{\"message\":\"hello\",\"max_tokens\":500,\"temperature\":0.5,\"p\":0.9}",
						"{\"text\":\"hi\",\"finish_reason\":\"stop\"}", null),
				new Family("mistral.mistral-7b-instruct-v0:2",
						"{\"prompt\":\"hello\",\"max_tokens\":500," + inference + "}",
						"{\"outputs\":[{\"text\":\"hi\",\"stop_reason\":\"stop\"}]}", null),
				new Family("ai21.jamba-1-5-mini-v1:0", openAi, openAiAnswer, 11L), new Family("openai.gpt-oss-20b-1:0",
						"{\"max_completion_tokens\":500," + inference + "}", openAiAnswer, 11L),
				new Family("eu.ai21.jamba-1-5-mini-v1:0", openAi, openAiAnswer, 11L));
	}

	/**
	 * A family of models, with its ways to ask for 500 tokens at most at temperature 0.5
	 * with a top p of 0.9, and to answer that it stopped after 22 tokens.
	 */
	private record Family(String model, String body, String answer, @Nullable Long inputTokens) {

		@Override
		public String toString() {
			return this.model;
		}

	}

}
