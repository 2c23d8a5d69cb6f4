package io.github.adotspring.autoconfigure.logging;

import java.util.Map;
import java.util.ServiceLoader;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.util.ContextDataProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what Log4j2 asks for. A whole application with it is an integration test.
 */
class Log4jCorrelationTests {

	private static final Context SPAN = Context.root()
		.with(Span.wrap(SpanContext.create("6789abcd0123456789abcdef01234567", "fedcba9876543210",
				TraceFlags.getDefault(), TraceState.getDefault())));

	private final Log4jCorrelation provider = new Log4jCorrelation();

	@AfterEach
	void switchOff() {
		Log4jCorrelation.apply(null);
		ThreadContext.clearAll();
	}

	@Test
	void log4jFindsIt() {
		assertThat(ServiceLoader.load(ContextDataProvider.class)).hasAtLeastOneElementOfType(Log4jCorrelation.class);
	}

	@Test
	void suppliesNothingBeforeThereIsAnApplication() {
		assertThat(suppliedInASpan()).isEmpty();
	}

	@Test
	void suppliesTheIdsOfTheCurrentSpan() {
		Log4jCorrelation.apply(CorrelationIds.of(new MockEnvironment()));
		assertThat(this.provider.supplyContextData()).isEmpty();
		assertThat(suppliedInASpan()).hasSize(4)
			.containsEntry("trace_id", "6789abcd0123456789abcdef01234567")
			.containsEntry("span_id", "fedcba9876543210")
			.containsEntry("trace_flags", "00")
			.containsEntry("AWS-XRAY-TRACE-ID", "1-6789abcd-0123456789abcdef01234567@fedcba9876543210");
		assertThat(this.provider.supplyContextData()).isEmpty();
	}

	@Test
	void entryOfTheApplicationWins() {
		Log4jCorrelation.apply(CorrelationIds.of(new MockEnvironment()));
		ThreadContext.put("trace_id", "mine");
		assertThat(suppliedInASpan()).doesNotContainKey("trace_id").hasSize(3);
	}

	private Map<String, String> suppliedInASpan() {
		return SPAN.wrapSupplier(this.provider::supplyContextData).get();
	}

}
