package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the spans of scheduled methods.
 */
class ScheduledTests {

	@Test
	void runOfAMethodIsATraceOfItsOwn() {
		try (TestApplication application = TestApplication.start(Jobs.class, "spring.main.web-application-type=none")) {
			ReceivedSpan job = application.awaitSpan("Jobs.cleanUp");
			assertThat(job.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_INTERNAL);
			assertThat(job.parentSpanId()).isEmpty();
			assertThat(job.scope().getName()).isEqualTo("io.opentelemetry.spring-boot-autoconfigure");
			assertThat(job.attributes()).containsEntry("code.namespace", Jobs.class.getName())
				.containsEntry("code.function", "cleanUp");
			ReceivedSpan statement = application.awaitSpan((span) -> span.parentSpanId().equals(job.spanId()));
			assertThat(statement.traceId()).isEqualTo(job.traceId());
			ReceivedSpan failed = application.awaitSpan("Jobs.fail");
			assertThat(failed.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
			assertThat(failed.traceId()).isNotEqualTo(job.traceId());
		}
	}

	@EnableAutoConfiguration
	@EnableScheduling
	static class Jobs {

		private final JdbcTemplate jdbc;

		Jobs(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Scheduled(fixedDelay = Long.MAX_VALUE)
		void cleanUp() {
			this.jdbc.execute("values 1");
		}

		@Scheduled(fixedDelay = Long.MAX_VALUE)
		void fail() {
			throw new IllegalStateException("nothing to do");
		}

	}

}
