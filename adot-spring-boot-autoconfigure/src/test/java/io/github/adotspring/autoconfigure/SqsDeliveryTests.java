package io.github.adotspring.autoconfigure;

import java.util.Map;

import io.awspring.cloud.sqs.annotation.SnsNotificationMessage;
import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.config.SqsBootstrapConfiguration;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.SqsServer;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages that services such as SNS and EventBridge put into a queue, with the
 * trace in X-Ray's header only.
 */
class SqsDeliveryTests {

	private static final String ENVELOPE = """
			{
			  "Type" : "Notification",
			  "MessageId" : "7b1e1d1c-6a44-5d2c-9a2f-0f3b6a1c2d3e",
			  "TopicArn" : "arn:aws:sns:eu-west-1:123456789012:orders",
			  "Message" : "book",
			  "Timestamp" : "2026-01-01T00:00:00.000Z",
			  "SignatureVersion" : "1"
			}
			""";

	@RegisterExtension
	static final SqsServer sqs = new SqsServer();

	private static TestApplication application;

	@BeforeAll
	static void start() {
		deliver("raw", "book", "Root=1-6955b900-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=1");
		deliver("wrapped", ENVELOPE,
				"Root=1-6955b901-76543210fedcba9876543210;Parent=8ad853995c3f42cd;Sampled=1;Lineage=a:b:c");
		application = TestApplication.start(Warehouse.class, "sqs=" + sqs.uri());
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void aRawMessageIsProcessedInTheTraceOfItsHeader() {
		ReceivedSpan process = application.awaitSpan("raw process");
		assertThat(process.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
		assertThat(process.traceId()).isEqualTo("6955b9000123456789abcdef01234567");
		assertThat(process.parentSpanId()).isEqualTo("53995c3f42cd8ad8");
		assertThat(statement("upper").parentSpanId()).isEqualTo(process.spanId());
	}

	@Test
	void aNotificationIsProcessedInTheTraceOfItsHeader() {
		ReceivedSpan process = application.awaitSpan("wrapped process");
		assertThat(process.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
		assertThat(process.traceId()).isEqualTo("6955b90176543210fedcba9876543210");
		assertThat(process.parentSpanId()).isEqualTo("8ad853995c3f42cd");
		assertThat(statement("lower").parentSpanId()).isEqualTo(process.spanId());
	}

	/**
	 * Before there is an application, so that nothing traces the client.
	 */
	private static void deliver(String queue, String body, String header) {
		try (SqsClient client = sqs.client()) {
			String url = client.createQueue((request) -> request.queueName(queue)).queueUrl();
			MessageSystemAttributeValue value = MessageSystemAttributeValue.builder()
				.dataType("String")
				.stringValue(header)
				.build();
			client.sendMessage((request) -> request.queueUrl(url)
				.messageBody(body)
				.messageSystemAttributes(Map.of(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER, value)));
		}
	}

	private static ReceivedSpan statement(String function) {
		return application
			.awaitSpan((span) -> ("select " + function + "(?)").equals(span.attributes().get("db.statement")));
	}

	@EnableAutoConfiguration
	@Import({ SqsBootstrapConfiguration.class, SpringCloudAwsBeans.class })
	static class Warehouse {

		private final JdbcTemplate jdbc;

		Warehouse(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@SqsListener("raw")
		void pack(String order) {
			this.jdbc.queryForObject("select upper(?)", String.class, order);
		}

		@SqsListener("wrapped")
		void unwrap(@SnsNotificationMessage String order) {
			this.jdbc.queryForObject("select lower(?)", String.class, order);
		}

	}

}
