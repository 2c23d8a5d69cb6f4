package io.github.adotspring.autoconfigure.awssdk;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrock.BedrockAsyncClient;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentAsyncClient;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnAsyncClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What the span of each service says, with synchronous and with asynchronous clients, of
 * calls that succeed and of calls that fail.
 */
class ServiceAttributesTests {

	private static final String ARN = "arn:aws:%s:eu-west-1:123456789012:%s";

	private final TracedContext context = TracedContext.start();

	private final AwsServer server = new AwsServer();

	@AfterEach
	void close() {
		this.server.close();
		this.context.close();
	}

	@ParameterizedTest
	@MethodSource("calls")
	void describeASuccess(Call call) {
		this.server.answers(200, call.contentType(), call.answer());
		call.action().accept(this.server.url());
		SpanData span = this.context.onlySpan();
		assertThat(textAttributes(span)).containsAllEntriesOf(call.ofRequest()).containsAllEntriesOf(call.ofResponse());
		assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code"))).isEqualTo(200);
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
	}

	@ParameterizedTest
	@MethodSource("calls")
	void describeARefusal(Call call) {
		this.server.answers(400, call.contentType(), refusal(call.contentType()));
		assertFails(call, 400);
	}

	@ParameterizedTest
	@MethodSource("calls")
	void describeAFailure(Call call) {
		this.server.answers(500, call.contentType(), refusal(call.contentType()));
		assertFails(call, 500);
	}

	private void assertFails(Call call, long status) {
		Exception failure = catchThrowableOfType(Exception.class, () -> call.action().accept(this.server.url()));
		assertThat(failure).isNotNull();
		assertThat((failure instanceof CompletionException) ? failure.getCause() : failure)
			.isInstanceOf(SdkException.class);
		SpanData span = this.context.onlySpan();
		assertThat(textAttributes(span)).containsAllEntriesOf(call.ofRequest())
			.doesNotContainKeys(call.ofResponse().keySet().toArray(String[]::new));
		assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code"))).isEqualTo(status);
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(span.getEvents()).extracting("name").contains("exception");
	}

	@ParameterizedTest
	@MethodSource("calls")
	void leaveTheSpanOfTheCallerAlone(Call call) {
		this.server.answers(200, call.contentType(), call.answer());
		Span caller = this.context.tracer().spanBuilder("caller").startSpan();
		try (Scope scope = caller.makeCurrent()) {
			assertThat(scope).isNotNull();
			call.action().accept(this.server.url());
		}
		finally {
			caller.end();
		}
		List<SpanData> spans = this.context.spans();
		assertThat(spans).hasSize(2);
		assertThat(spans.get(0).getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
		assertThat(spans.get(1).getAttributes().asMap()).isEmpty();
	}

	private static String refusal(String contentType) {
		return contentType.contains("xml")
				? "<ErrorResponse><Error><Code>Refused</Code><Message>no</Message></Error></ErrorResponse>"
				: "{\"__type\":\"ValidationException\",\"message\":\"no\"}";
	}

	private static Map<String, String> textAttributes(SpanData span) {
		Map<String, String> attributes = new LinkedHashMap<>();
		span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value.toString()));
		return attributes;
	}

	static Stream<Call> calls() {
		return Stream
			.of(s3(), sqs(), kinesis(), dynamoDb(), sns(), snsTarget(), guardrail(), agent(), knowledgeBase(),
					dataSource(), retrieve(), stateMachine(), activity(), secret(), function(), eventSourceMapping())
			.flatMap(List::stream);
	}

	private static List<Call> s3() {
		return Call.both("S3.ListObjectsV2",
				(url) -> Clients.sync(S3Client.builder().forcePathStyle(true), url)
					.listObjectsV2((request) -> request.bucket("photos")),
				(url) -> Clients.async(S3AsyncClient.builder().forcePathStyle(true), url)
					.listObjectsV2((request) -> request.bucket("photos"))
					.join(),
				"application/xml", "<ListBucketResult/>", Map.of("aws.s3.bucket", "photos"), Map.of());
	}

	private static List<Call> sqs() {
		return Call.both("Sqs.GetQueueUrl",
				(url) -> Clients.sync(SqsClient.builder(), url).getQueueUrl((request) -> request.queueName("orders")),
				(url) -> Clients.async(SqsAsyncClient.builder(), url)
					.getQueueUrl((request) -> request.queueName("orders"))
					.join(),
				"application/x-amz-json-1.0", "{\"QueueUrl\":\"http://localhost/1/orders\"}",
				Map.of("aws.queue.name", "orders"), Map.of());
	}

	private static List<Call> kinesis() {
		String arn = ARN.formatted("kinesis", "stream/clicks");
		return Call.both("Kinesis.DescribeStreamSummary",
				(url) -> Clients.sync(KinesisClient.builder(), url)
					.describeStreamSummary((request) -> request.streamARN(arn).streamName("clicks")),
				(url) -> Clients.async(KinesisAsyncClient.builder(), url)
					.describeStreamSummary((request) -> request.streamARN(arn).streamName("clicks"))
					.join(),
				"application/x-amz-json-1.1", "", Map.of("aws.stream.arn", arn, "aws.kinesis.stream_name", "clicks"),
				Map.of());
	}

	private static List<Call> dynamoDb() {
		String arn = ARN.formatted("dynamodb", "table/stock");
		return Call.both("DynamoDb.DescribeTable",
				(url) -> Clients.sync(DynamoDbClient.builder(), url)
					.describeTable((request) -> request.tableName("stock")),
				(url) -> Clients.async(DynamoDbAsyncClient.builder(), url)
					.describeTable((request) -> request.tableName("stock"))
					.join(),
				"application/x-amz-json-1.0", "{\"Table\":{\"TableName\":\"stock\",\"TableArn\":\"" + arn + "\"}}",
				Map.of("aws.dynamodb.table_names", "[stock]", "db.system", "dynamodb"), Map.of("aws.table.arn", arn));
	}

	private static List<Call> sns() {
		String arn = ARN.formatted("sns", "news");
		return Call.both("Sns.Publish",
				(url) -> Clients.sync(SnsClient.builder(), url)
					.publish((request) -> request.topicArn(arn).message("hello")),
				(url) -> Clients.async(SnsAsyncClient.builder(), url)
					.publish((request) -> request.topicArn(arn).message("hello"))
					.join(),
				"text/xml",
				"<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>",
				Map.of("aws.sns.topic.arn", arn, "messaging.destination.name", arn), Map.of());
	}

	private static List<Call> snsTarget() {
		String arn = ARN.formatted("sns", "endpoint/GCM/phone");
		return Call.both("Sns.Publish to a target",
				(url) -> Clients.sync(SnsClient.builder(), url)
					.publish((request) -> request.targetArn(arn).message("hello")),
				(url) -> Clients.async(SnsAsyncClient.builder(), url)
					.publish((request) -> request.targetArn(arn).message("hello"))
					.join(),
				"text/xml",
				"<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>",
				Map.of("messaging.destination.name", arn), Map.of());
	}

	private static List<Call> guardrail() {
		String arn = ARN.formatted("bedrock", "guardrail/g1");
		return Call.both("Bedrock.GetGuardrail",
				(url) -> Clients.sync(BedrockClient.builder(), url)
					.getGuardrail((request) -> request.guardrailIdentifier("g1")),
				(url) -> Clients.async(BedrockAsyncClient.builder(), url)
					.getGuardrail((request) -> request.guardrailIdentifier("g1"))
					.join(),
				"application/json", "{\"guardrailArn\":\"" + arn + "\"}", Map.of("aws.bedrock.guardrail.id", "g1"),
				Map.of("aws.bedrock.guardrail.arn", arn));
	}

	private static List<Call> agent() {
		return Call.both("BedrockAgent.GetAgent",
				(url) -> Clients.sync(BedrockAgentClient.builder(), url)
					.getAgent((request) -> request.agentId("AGENT1")),
				(url) -> Clients.async(BedrockAgentAsyncClient.builder(), url)
					.getAgent((request) -> request.agentId("AGENT1"))
					.join(),
				"application/json", "{}", Map.of("aws.bedrock.agent.id", "AGENT1"), Map.of());
	}

	private static List<Call> knowledgeBase() {
		return Call.both("BedrockAgent.GetKnowledgeBase",
				(url) -> Clients.sync(BedrockAgentClient.builder(), url)
					.getKnowledgeBase((request) -> request.knowledgeBaseId("KB1")),
				(url) -> Clients.async(BedrockAgentAsyncClient.builder(), url)
					.getKnowledgeBase((request) -> request.knowledgeBaseId("KB1"))
					.join(),
				"application/json", "{}", Map.of("aws.bedrock.knowledge_base.id", "KB1"), Map.of());
	}

	private static List<Call> dataSource() {
		return Call.both("BedrockAgent.GetDataSource",
				(url) -> Clients.sync(BedrockAgentClient.builder(), url)
					.getDataSource((request) -> request.knowledgeBaseId("KB1").dataSourceId("DS1")),
				(url) -> Clients.async(BedrockAgentAsyncClient.builder(), url)
					.getDataSource((request) -> request.knowledgeBaseId("KB1").dataSourceId("DS1"))
					.join(),
				"application/json", "{}", Map.of("aws.bedrock.data_source.id", "DS1"), Map.of());
	}

	private static List<Call> retrieve() {
		return Call.both("BedrockAgentRuntime.Retrieve",
				(url) -> Clients.sync(BedrockAgentRuntimeClient.builder(), url)
					.retrieve((request) -> request.knowledgeBaseId("KB1").retrievalQuery((query) -> query.text("?"))),
				(url) -> Clients.async(BedrockAgentRuntimeAsyncClient.builder(), url)
					.retrieve((request) -> request.knowledgeBaseId("KB1").retrievalQuery((query) -> query.text("?")))
					.join(),
				"application/json", "{}", Map.of("aws.bedrock.knowledge_base.id", "KB1"), Map.of());
	}

	private static List<Call> stateMachine() {
		String arn = ARN.formatted("states", "stateMachine:checkout");
		return Call.both("Sfn.DescribeStateMachine",
				(url) -> Clients.sync(SfnClient.builder(), url)
					.describeStateMachine((request) -> request.stateMachineArn(arn)),
				(url) -> Clients.async(SfnAsyncClient.builder(), url)
					.describeStateMachine((request) -> request.stateMachineArn(arn))
					.join(),
				"application/x-amz-json-1.0", "{}",
				Map.of("aws.stepfunctions.state_machine.arn", arn, "aws.step_functions.state_machine.arn", arn),
				Map.of());
	}

	private static List<Call> activity() {
		String arn = ARN.formatted("states", "activity:pack");
		return Call.both("Sfn.DescribeActivity",
				(url) -> Clients.sync(SfnClient.builder(), url).describeActivity((request) -> request.activityArn(arn)),
				(url) -> Clients.async(SfnAsyncClient.builder(), url)
					.describeActivity((request) -> request.activityArn(arn))
					.join(),
				"application/x-amz-json-1.0", "{}",
				Map.of("aws.stepfunctions.activity.arn", arn, "aws.step_functions.activity.arn", arn), Map.of());
	}

	private static List<Call> secret() {
		String arn = ARN.formatted("secretsmanager", "secret:db-AbCdEf");
		return Call.both("SecretsManager.DescribeSecret",
				(url) -> Clients.sync(SecretsManagerClient.builder(), url)
					.describeSecret((request) -> request.secretId("db")),
				(url) -> Clients.async(SecretsManagerAsyncClient.builder(), url)
					.describeSecret((request) -> request.secretId("db"))
					.join(),
				"application/x-amz-json-1.1", "{\"ARN\":\"" + arn + "\"}", Map.of(),
				Map.of("aws.secretsmanager.secret.arn", arn));
	}

	private static List<Call> function() {
		String arn = ARN.formatted("lambda", "function:resize");
		return Call.both("Lambda.GetFunction",
				(url) -> Clients.sync(LambdaClient.builder(), url)
					.getFunction((request) -> request.functionName("resize")),
				(url) -> Clients.async(LambdaAsyncClient.builder(), url)
					.getFunction((request) -> request.functionName("resize"))
					.join(),
				"application/json", "{\"Configuration\":{\"FunctionArn\":\"" + arn + "\"}}",
				Map.of("aws.lambda.function.name", "resize"), Map.of("aws.lambda.function.arn", arn));
	}

	private static List<Call> eventSourceMapping() {
		return Call.both("Lambda.GetEventSourceMapping",
				(url) -> Clients.sync(LambdaClient.builder(), url)
					.getEventSourceMapping((request) -> request.uuid("mapping-1")),
				(url) -> Clients.async(LambdaAsyncClient.builder(), url)
					.getEventSourceMapping((request) -> request.uuid("mapping-1"))
					.join(),
				"application/json", "{}", Map.of("aws.lambda.resource_mapping.id", "mapping-1"), Map.of());
	}

	/**
	 * A call to a service and what its span has to say.
	 */
	private record Call(String name, Consumer<URI> action, String contentType, byte[] answer,
			Map<String, String> ofRequest, Map<String, String> ofResponse) {

		static List<Call> both(String name, Consumer<URI> sync, Consumer<URI> async, String contentType, String answer,
				Map<String, String> ofRequest, Map<String, String> ofResponse) {
			byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
			Map<String, String> ofEvery = new LinkedHashMap<>(ofRequest);
			ofEvery.put("rpc.system", "aws-api");
			ofEvery.put("aws.auth.region", "eu-west-1");
			// The JDK's server writes names of headers in a form that clients of S3 don't
			// read.
			if (!name.startsWith("S3")) {
				ofEvery.put("aws.request_id", "request-1");
			}
			return List.of(new Call(name, sync, contentType, bytes, ofEvery, ofResponse),
					new Call(name + " (asynchronous)", async, contentType, bytes, ofEvery, ofResponse));
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
