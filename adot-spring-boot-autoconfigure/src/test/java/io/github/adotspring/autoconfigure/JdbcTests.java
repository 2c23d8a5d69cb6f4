package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the spans of statements on the auto-configured data source.
 */
class JdbcTests {

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
	void statementMakesAClientSpanBelowTheServerSpan() {
		application.get("/query");
		ReceivedSpan server = application.awaitSpan("GET /query");
		ReceivedSpan statement = application.awaitSpan((span) -> span.parentSpanId().equals(server.spanId()));
		assertThat(statement.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
		assertThat(statement.scope().getName()).isEqualTo("io.opentelemetry.jdbc");
		assertThat(statement.traceId()).isEqualTo(server.traceId());
		assertThat(statement.attributes()).containsEntry("db.system", "h2").containsEntry("db.operation", "SELECT");
	}

	@Test
	void literalsOfAStatementAreLeftOut() {
		application.get("/literals");
		ReceivedSpan server = application.awaitSpan("GET /literals");
		ReceivedSpan statement = application.awaitSpan((span) -> span.parentSpanId().equals(server.spanId()));
		assertThat(statement.attributes()).containsEntry("db.statement", "select upper(?) where ? = ?");
	}

	@Test
	void failedStatementIsAnError() {
		application.exchange("/failing");
		ReceivedSpan server = application.awaitSpan("GET /failing");
		ReceivedSpan statement = application.awaitSpan((span) -> span.parentSpanId().equals(server.spanId()));
		assertThat(statement.attributes()).containsEntry("db.statement", "select price from nowhere");
		assertThat(statement.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		private final JdbcTemplate jdbc;

		Shop(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping({ "/query", "/literals" })
		String query() {
			return String.valueOf(this.jdbc.queryForObject("select upper('secret') where 42 = ?", String.class, 42));
		}

		@GetMapping("/failing")
		String failing() {
			return String.valueOf(this.jdbc.queryForObject("select price from nowhere", String.class));
		}

	}

}
