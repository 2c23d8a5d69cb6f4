package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.adotspring.autoconfigure.propagation.XrayPropagator;
import io.github.adotspring.autoconfigure.testing.SqsServer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages that are sent and received with clients of the SDK, which are beans.
 */
class SqsMessagesTests {

	@RegisterExtension
	static final SqsServer sqs = new SqsServer();

	@Test
	void eachMessageThatALoopTakesIsProcessedInASpanThatIsAChildOfTheSend() {
		try (TracedMessages traced = TracedMessages.of(SqsClient.class, sqs::client)) {
			SqsClient client = traced.client(SqsClient.class);
			String queue = client.createQueue((request) -> request.queueName("loop")).queueUrl();
			traced.in("caller", () -> client.sendMessage((request) -> request.queueUrl(queue).messageBody("book")));
			for (Message message : receive(client, queue).messages()) {
				traced.in("work", () -> assertThat(message.body()).isEqualTo("book"));
				client.deleteMessage((request) -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
			}
			SpanData send = traced.span("loop publish");
			SpanData process = traced.span("loop process");
			assertThat(send.getParentSpanId()).isEqualTo(traced.span("caller").getSpanId());
			assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(process.getParentSpanId()).isEqualTo(send.getSpanId());
			assertThat(traced.span("work").getParentSpanId()).isEqualTo(process.getSpanId());
			assertThat(traced.span("Sqs.DeleteMessage").getParentSpanId()).isEqualTo(process.getSpanId());
		}
	}

	@Test
	void anAsynchronousClientDoesTheSame() {
		try (TracedMessages traced = TracedMessages.of(SqsAsyncClient.class, sqs::asyncClient)) {
			SqsAsyncClient client = traced.client(SqsAsyncClient.class);
			String queue = client.createQueue((request) -> request.queueName("async")).join().queueUrl();
			traced.in("caller",
					() -> client.sendMessage((request) -> request.queueUrl(queue).messageBody("book")).join());
			for (Message message : client.receiveMessage((request) -> request.queueUrl(queue).waitTimeSeconds(5))
				.join()
				.messages()) {
				traced.in("work", () -> assertThat(message.body()).isEqualTo("book"));
			}
			SpanData process = traced.span("async process");
			assertThat(process.getParentSpanId()).isEqualTo(traced.span("async publish").getSpanId());
			assertThat(traced.span("work").getParentSpanId()).isEqualTo(process.getSpanId());
		}
	}

	@Test
	void whatFollowsAnAnswerIsInTheTraceOfTheCaller() {
		try (TracedMessages traced = TracedMessages.of(SqsAsyncClient.class, sqs::asyncClient)) {
			SqsAsyncClient client = traced.client(SqsAsyncClient.class);
			CompletableFuture<Span> followed = traced
				.traced((caller) -> client.listQueues().thenApply((response) -> Span.current()));
			assertThat(followed.join().getSpanContext()).isEqualTo(traced.span("caller").getSpanContext());
		}
	}

	@Test
	void everyMessageOfABatchHasTheHeaderUnlessTheApplicationSetIt() {
		String own = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
		try (TracedMessages traced = TracedMessages.of(SqsClient.class, sqs::client)) {
			SqsClient client = traced.client(SqsClient.class);
			String queue = client.createQueue((request) -> request.queueName("batch")).queueUrl();
			client.sendMessageBatch((request) -> request.queueUrl(queue)
				.entries(SendMessageBatchRequestEntry.builder().id("1").messageBody("book").build(),
						SendMessageBatchRequestEntry.builder()
							.id("2")
							.messageBody("own")
							.messageSystemAttributes(Map.of(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
									MessageSystemAttributeValue.builder().dataType("String").stringValue(own).build()))
							.build()));
			List<Message> messages = receive(client, queue).messages();
			assertThat(messages).extracting((message) -> header(message))
				.containsExactlyInAnyOrder(XrayPropagator.getInstance()
					.header(io.opentelemetry.context.Context.root()
						.with(Span.wrap(traced.span("batch publish").getSpanContext()))), own);
		}
	}

	@Test
	void messageAttributesHaveTheConfiguredPropagatorsOnRequest() {
		try (TracedMessages traced = TracedMessages.of(SqsClient.class, sqs::client,
				"management.adot.awssdk.messaging.message-attributes=true")) {
			SqsClient client = traced.client(SqsClient.class);
			String queue = client.createQueue((request) -> request.queueName("attributes")).queueUrl();
			client.sendMessage((request) -> request.queueUrl(queue).messageBody("book"));
			Message message = receive(client, queue).messages().get(0);
			assertThat(message.messageAttributes().get("traceparent").stringValue())
				.contains(traced.span("attributes publish").getSpanId());
		}
	}

	@Test
	void aReceiveThatGotNothingIsNotExported() {
		try (TracedMessages traced = TracedMessages.of(SqsClient.class, sqs::client)) {
			SqsClient client = traced.client(SqsClient.class);
			String queue = client.createQueue((request) -> request.queueName("empty")).queueUrl();
			traced.in("poll", () -> client.receiveMessage((request) -> request.queueUrl(queue)));
			assertThat(traced.names()).containsExactly("Sqs.CreateQueue", "poll");
		}
	}

	@Test
	void aReceiveThatGotNothingIsExportedOnRequest() {
		try (TracedMessages traced = TracedMessages.of(SqsClient.class, sqs::client,
				"management.adot.awssdk.messaging.empty-receives=true")) {
			SqsClient client = traced.client(SqsClient.class);
			String queue = client.createQueue((request) -> request.queueName("empty")).queueUrl();
			traced.in("poll", () -> client.receiveMessage((request) -> request.queueUrl(queue)));
			assertThat(traced.span("Sqs.ReceiveMessage").getParentSpanId()).isEqualTo(traced.span("poll").getSpanId());
		}
	}

	@Test
	void receivingIsASpanOnRequestAndTheParentOfProcessing() {
		try (TracedMessages traced = TracedMessages.of(SqsClient.class, sqs::client,
				"management.adot.awssdk.messaging.receive-spans=true")) {
			SqsClient client = traced.client(SqsClient.class);
			String queue = client.createQueue((request) -> request.queueName("received")).queueUrl();
			client.sendMessage((request) -> request.queueUrl(queue).messageBody("book"));
			receive(client, queue).messages().forEach((message) -> assertThat(message.body()).isEqualTo("book"));
			SpanData process = traced.span("received process");
			assertThat(process.getParentSpanId()).isEqualTo(traced.span("received receive").getSpanId());
			assertThat(process.getLinks()).singleElement()
				.satisfies((link) -> assertThat(link.getSpanContext().getSpanId())
					.isEqualTo(traced.span("received publish").getSpanId()));
		}
	}

	@Test
	void deletingOutsideOfATraceMakesNoneUnlessRequested() {
		for (boolean requested : new boolean[] { false, true }) {
			try (TracedMessages traced = TracedMessages.of(SqsClient.class, sqs::client,
					"management.adot.awssdk.messaging.acknowledgements=" + requested)) {
				SqsClient client = traced.client(SqsClient.class);
				String queue = client.createQueue((request) -> request.queueName("deleted")).queueUrl();
				client.sendMessage((request) -> request.queueUrl(queue).messageBody("book"));
				String handle = receive(client, queue).messages().get(0).receiptHandle();
				client.deleteMessage((request) -> request.queueUrl(queue).receiptHandle(handle));
				assertThat(traced.names().contains("Sqs.DeleteMessage")).isEqualTo(requested);
			}
		}
	}

	@Test
	void aTracedClientStaysAClient() {
		try (TracedMessages traced = TracedMessages.of(SqsAsyncClient.class, sqs::asyncClient)) {
			SqsAsyncClient client = traced.client(SqsAsyncClient.class);
			assertThat(client).isEqualTo(client).hasSameHashCodeAs(client);
			assertThat(client.serviceName()).isEqualTo("sqs");
			assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("eu-west-1");
			assertThat(client.batchManager()).isNotNull();
			client.close();
		}
	}

	private static ReceiveMessageResponse receive(SqsClient client, String queue) {
		return client.receiveMessage((request) -> request.queueUrl(queue).waitTimeSeconds(5).maxNumberOfMessages(10));
	}

	private static String header(Message message) {
		return message.attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER);
	}

}
