package io.github.adotspring.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.config.SqsBootstrapConfiguration;
import io.awspring.cloud.sqs.listener.acknowledgement.AcknowledgementResultCallback;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.SqsServer;
import io.opentelemetry.context.Context;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for traces that go through SQS to a listener of Spring Cloud AWS.
 */
class SqsListenerTests {

	@RegisterExtension
	static final SqsServer sqs = new SqsServer();

	private static final Queue<Object> acknowledged = new ConcurrentLinkedQueue<>();

	private static TestApplication application;

	@BeforeAll
	static void start() {
		application = TestApplication.start(Shop.class, "sqs=" + sqs.uri());
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void fromTheRequestToTheStatementOfTheListenerItIsOneTrace() {
		application.get("/order");
		ReceivedSpan server = application.awaitSpan("GET /order");
		ReceivedSpan send = application.awaitSpan("orders publish");
		ReceivedSpan process = application.awaitSpan("orders process");
		ReceivedSpan statement = application.awaitSpan(statementOf("upper"));

		assertThat(server.parentSpanId()).isEmpty();
		assertThat(send.parentSpanId()).isEqualTo(server.spanId());
		assertThat(send.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_PRODUCER);
		assertThat(process.parentSpanId()).isEqualTo(send.spanId());
		assertThat(process.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
		assertThat(process.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
		assertThat(process.attributes()).containsEntry("messaging.system", "aws_sqs")
			.containsEntry("messaging.operation", "process")
			.containsEntry("messaging.destination.name", "orders")
			.containsEntry("messaging.message.id", send.attributes().get("messaging.message.id"))
			.containsEntry("aws.sqs.queue.url", send.attributes().get("aws.sqs.queue.url"));
		assertThat(statement.parentSpanId()).isEqualTo(process.spanId());
		application.flush();
		assertThat(namesOf(server.traceId())).containsExactlyInAnyOrder("GET /order", "Sqs.GetQueueUrl",
				"orders publish", "orders process", statement.name());
	}

	@Test
	void aBatchIsOneSpanThatIsLinkedWithThoseThatSentItsMessages() {
		application.get("/batch");
		ReceivedSpan send = application.awaitSpan("shipments publish");
		ReceivedSpan process = application.awaitSpan("shipments process");
		ReceivedSpan statement = application.awaitSpan(statementOf("lower"));
		assertThat(process.parentSpanId()).isEmpty();
		assertThat(process.attributes().get("messaging.batch.message_count"))
			.isEqualTo((long) process.span().getLinksCount());
		assertThat(process.span().getLinksList()).allSatisfy((link) -> {
			assertThat(link.getTraceId()).isEqualTo(send.span().getTraceId());
			assertThat(link.getSpanId()).isEqualTo(send.span().getSpanId());
		});
		assertThat(statement.parentSpanId()).isEqualTo(process.spanId());
	}

	@Test
	void anAsynchronousListenerIsInItsSpanUntilItsFutureEnds() {
		application.get("/later");
		ReceivedSpan send = application.awaitSpan("later publish");
		ReceivedSpan process = application.awaitSpan("later process");
		ReceivedSpan statement = application.awaitSpan(statementOf("length"));
		assertThat(process.parentSpanId()).isEqualTo(send.spanId());
		assertThat(statement.parentSpanId()).isEqualTo(process.spanId());
		assertThat(process.span().getEndTimeUnixNano()).isGreaterThanOrEqualTo(statement.span().getEndTimeUnixNano());
	}

	@Test
	void anExceptionOfTheListenerIsThatOfItsSpan() {
		application.get("/broken");
		ReceivedSpan process = application.awaitSpan("broken process");
		assertThat(process.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(process.attributes()).containsEntry("error.type", "java.lang.IllegalStateException");
		assertThat(process.span().getEventsList()).extracting(Event::getName).containsExactly("exception");
		assertThat(process.span().getEvents(0).getAttributesList())
			.anySatisfy((attribute) -> assertThat(attribute.getValue().getStringValue()).isEqualTo("out of boxes"));
	}

	@Test
	void acknowledgementsAndEmptyReceivesAreNoTraces() {
		application.get("/order");
		application.awaitSpan(statementOf("upper"));
		Awaitility.await().untilAsserted(() -> assertThat(acknowledged).isNotEmpty());
		application.flush();
		assertThat(application.collector().awaitSpans(1)).extracting(ReceivedSpan::name)
			.doesNotContain("Sqs.DeleteMessageBatch", "Sqs.DeleteMessage", "Sqs.ReceiveMessage");
	}

	private static Predicate<ReceivedSpan> statementOf(String function) {
		return (span) -> ("select " + function + "(?)").equals(span.attributes().get("db.statement"));
	}

	private static List<String> namesOf(String traceId) {
		return application.collector()
			.awaitSpans(1)
			.stream()
			.filter((span) -> span.traceId().equals(traceId))
			.map(ReceivedSpan::name)
			.toList();
	}

	@EnableAutoConfiguration
	@Import({ SqsBootstrapConfiguration.class, SpringCloudAwsBeans.class, Acknowledgements.class })
	@RestController
	static class Shop {

		private final SqsTemplate sqs;

		private final JdbcTemplate jdbc;

		Shop(SqsTemplate sqs, JdbcTemplate jdbc) {
			this.sqs = sqs;
			this.jdbc = jdbc;
		}

		@GetMapping("/order")
		String order() {
			this.sqs.send("orders", "book");
			return "ordered";
		}

		@GetMapping("/batch")
		String batch() {
			this.sqs.sendMany("shipments",
					List.of(MessageBuilder.withPayload("book").build(), MessageBuilder.withPayload("pen").build()));
			return "shipped";
		}

		@GetMapping("/later")
		String later() {
			this.sqs.send("later", "book");
			return "later";
		}

		@GetMapping("/broken")
		String broken() {
			this.sqs.send("broken", "book");
			return "broken";
		}

		@SqsListener("orders")
		void pack(String order) {
			this.jdbc.queryForObject("select upper(?)", String.class, order);
		}

		@SqsListener("shipments")
		void ship(List<String> orders) {
			this.jdbc.queryForObject("select lower(?)", String.class, orders.get(0));
		}

		@SqsListener("later")
		CompletableFuture<Void> packLater(String order) {
			return CompletableFuture
				.supplyAsync(Context.current()
					.wrapSupplier(() -> this.jdbc.queryForObject("select length(?)", Integer.class, order)))
				.thenAccept((length) -> {
				});
		}

		@SqsListener("broken")
		void breaks(String order) {
			throw new IllegalStateException("out of boxes");
		}

	}

	static class Acknowledgements {

		@Bean
		AcknowledgementResultCallback<Object> acknowledgementResultCallback() {
			return new AcknowledgementResultCallback<>() {

				@Override
				public void onSuccess(Collection<Message<Object>> messages) {
					acknowledged.addAll(messages);
				}

			};
		}

	}

}
