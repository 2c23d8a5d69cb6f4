package io.github.adotspring.autoconfigure;

import java.util.List;

import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.config.SqsBootstrapConfiguration;
import io.awspring.cloud.sqs.config.SqsMessageListenerContainerFactory;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.SqsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
 * Tests for traces that go through SQS to a listener of Spring Cloud AWS.
 */
class SqsListenerTests {

	@RegisterExtension
	static final SqsServer sqs = new SqsServer();

	private static TestApplication application;

	@BeforeAll
	static void start() {
		application = TestApplication.start(Shop.class);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void fromTheRequestToTheStatementOfTheListenerItIsOneTrace() {
		application.get("/order");
		ReceivedSpan server = application.awaitSpan("GET /order");
		ReceivedSpan statement = application.awaitSpan((span) -> "h2".equals(span.attributes().get("db.system")));
		List<ReceivedSpan> spans = application.collector().awaitSpans(1);
		spans.forEach((s) -> System.out.println(s.traceId() + " " + s.spanId() + " <- " + s.parentSpanId() + " "
				+ s.name() + " " + s.span().getKind() + " " + s.attributes()));
		assertThat(statement.traceId()).isEqualTo(server.traceId());
	}

	@EnableAutoConfiguration
	@Import({ SqsBootstrapConfiguration.class, Clients.class })
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

		@SqsListener("orders")
		void pack(String order) {
			this.jdbc.queryForObject("select upper(?)", String.class, order);
		}

	}

	static class Clients {

		@Bean
		SqsAsyncClient sqsAsyncClient() {
			return sqs.asyncClient();
		}

		@Bean
		SqsTemplate sqsTemplate(SqsAsyncClient client) {
			return SqsTemplate.newTemplate(client);
		}

		@Bean
		SqsMessageListenerContainerFactory<Object> defaultSqsListenerContainerFactory(SqsAsyncClient client) {
			return SqsMessageListenerContainerFactory.builder().sqsAsyncClient(client).build();
		}

	}

}
