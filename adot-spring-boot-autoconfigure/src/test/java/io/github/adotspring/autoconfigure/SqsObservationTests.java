package io.github.adotspring.autoconfigure;

import java.util.List;
import java.util.function.Predicate;

import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.config.SqsBootstrapConfiguration;
import io.awspring.cloud.sqs.config.SqsMessageListenerContainerFactory;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.SqsServer;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for traces through SQS while Spring Cloud AWS observes sending and listening.
 */
class SqsObservationTests {

	@RegisterExtension
	static final SqsServer sqs = new SqsServer();

	@Test
	void observedMessagesHaveTheSpansOfTheInstrumentationAndNoOthers() {
		try (TestApplication application = TestApplication.start(Shop.class)) {
			application.get("/observed");
			ReceivedSpan server = application.awaitSpan("GET /observed");
			ReceivedSpan send = application.awaitSpan("observed publish");
			ReceivedSpan process = application.awaitSpan("observed process");
			ReceivedSpan statement = application.awaitSpan(statementOf("upper"));

			assertThat(server.parentSpanId()).isEmpty();
			assertThat(send.parentSpanId()).isEqualTo(server.spanId());
			assertThat(process.parentSpanId()).isEqualTo(send.spanId());
			assertThat(statement.parentSpanId()).isEqualTo(process.spanId());
			application.stop();
			assertThat(spansOf(application, server.traceId())).extracting(ReceivedSpan::name)
				.containsExactlyInAnyOrder("GET /observed", "Sqs.GetQueueUrl", "observed publish", "observed process",
						statement.name());
		}
	}

	@Test
	void observationsHaveSpansWhenTheyAreNotDeduplicated() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.adot.tracing.deduplicate-observations=false")) {
			application.get("/observed");
			ReceivedSpan statement = application.awaitSpan(statementOf("upper"));
			application.stop();
			assertThat(spansOf(application, statement.traceId())).extracting(ReceivedSpan::name)
				.contains("observed publish", "observed send", "observed process", "observed receive");
		}
	}

	private static Predicate<ReceivedSpan> statementOf(String function) {
		return (span) -> ("select " + function + "(?)").equals(span.attributes().get("db.statement"));
	}

	private static List<ReceivedSpan> spansOf(TestApplication application, String traceId) {
		return application.collector().awaitSpans(1).stream().filter((span) -> span.traceId().equals(traceId)).toList();
	}

	@EnableAutoConfiguration
	@Import({ SqsBootstrapConfiguration.class, ObservedClients.class })
	@RestController
	static class Shop {

		private final SqsTemplate sqs;

		private final JdbcTemplate jdbc;

		Shop(SqsTemplate sqs, JdbcTemplate jdbc) {
			this.sqs = sqs;
			this.jdbc = jdbc;
		}

		@GetMapping("/observed")
		String order() {
			this.sqs.send("observed", "book");
			return "ordered";
		}

		@SqsListener("observed")
		void pack(String order) {
			this.jdbc.queryForObject("select upper(?)", String.class, order);
		}

	}

	static class ObservedClients {

		@Bean
		SqsAsyncClient sqsAsyncClient() {
			return sqs.asyncClient();
		}

		@Bean
		SqsTemplate sqsTemplate(SqsAsyncClient client, ObservationRegistry registry) {
			return SqsTemplate.builder()
				.sqsAsyncClient(client)
				.configure((options) -> options.observationRegistry(registry))
				.build();
		}

		@Bean
		SqsMessageListenerContainerFactory<Object> defaultSqsListenerContainerFactory(SqsAsyncClient client,
				ObservationRegistry registry) {
			return SqsMessageListenerContainerFactory.builder()
				.sqsAsyncClient(client)
				.configure((options) -> options.observationRegistry(registry))
				.build();
		}

	}

}
