package io.github.adotspring.autoconfigure.logging;

import java.util.Map;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.github.adotspring.autoconfigure.testing.LoggedEvents;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what Logback's appenders see in the MDC of events.
 */
class LogbackCorrelationTests {

	private static final Map<String, String> IDS = Map.of("trace_id", "6789abcd0123456789abcdef01234567", "span_id",
			"fedcba9876543210", "trace_flags", "01", "AWS-XRAY-TRACE-ID",
			"1-6789abcd-0123456789abcdef01234567@fedcba9876543210");

	private static final Context SPAN = Context.root()
		.with(Span.wrap(SpanContext.create(IDS.get("trace_id"), IDS.get("span_id"), TraceFlags.getSampled(),
				TraceState.getDefault())));

	private final MockEnvironment environment = new MockEnvironment();

	private final LoggerContext context = new LoggerContext();

	private final MDCAdapter mdc = new LogbackMDCAdapter();

	private final Logger logger = this.context.getLogger("com.example.Orders");

	private final LoggedEvents appender = new LoggedEvents();

	@BeforeEach
	void correlate() {
		this.context.setMDCAdapter(this.mdc);
		this.appender.start();
		root().addAppender(this.appender);
		apply();
	}

	@Test
	void eventInASpanHasItsIds() {
		log();
		assertThat(this.appender.onlyMdc()).isEqualTo(IDS);
	}

	@Test
	void eventOutsideOfSpansHasNone() {
		this.logger.info("paid");
		assertThat(this.appender.onlyMdc()).isEmpty();
	}

	@Test
	void eventHasWhatTheApplicationPutThereInFront() {
		this.mdc.put("customer", "7");
		log();
		assertThat(this.appender.onlyMdc()).hasSize(5).containsAllEntriesOf(IDS);
		assertThat(this.appender.onlyMdc().keySet()).startsWith("customer");
	}

	@Test
	void entryOfTheApplicationWins() {
		this.mdc.put("trace_id", "mine");
		log();
		assertThat(this.appender.onlyMdc()).hasSize(4)
			.containsEntry("trace_id", "mine")
			.containsEntry("span_id", IDS.get("span_id"));
	}

	@Test
	void threadsOwnMdcHasNoIds() {
		SPAN.wrap(() -> {
			this.logger.info("paid");
			assertThat(this.mdc.getCopyOfContextMap()).isNullOrEmpty();
			assertThat(this.context.getMDCAdapter().getCopyOfContextMap()).isNullOrEmpty();
		}).run();
	}

	@Test
	void keysAreThoseOfTheSdksProperties() {
		this.environment.withProperty("otel.instrumentation.common.logging.trace-id", "traceId")
			.withProperty("otel.instrumentation.common.logging.span-id", "spanId")
			.withProperty("otel.instrumentation.common.logging.trace-flags", " ");
		apply();
		log();
		assertThat(this.appender.onlyMdc()).containsOnlyKeys("traceId", "spanId", "trace_flags", "AWS-XRAY-TRACE-ID");
	}

	@Test
	void appenderThatWritesInAThreadOfItsOwnSeesTheIdsOfTheThreadThatLogged() {
		root().detachAppender(this.appender);
		AsyncAppender async = new AsyncAppender();
		async.setContext(this.context);
		async.addAppender(this.appender);
		async.start();
		root().addAppender(async);
		log();
		async.stop();
		assertThat(this.appender.onlyMdc()).isEqualTo(IDS);
	}

	@Test
	void loggerOfItsOwnAppendersHasThemAndThoseOfOtherAppendersAreTheSame() {
		LoggedEvents own = new LoggedEvents();
		own.start();
		this.logger.setAdditive(false);
		this.logger.addAppender(own);
		log();
		assertThat(own.onlyMdc()).isEqualTo(IDS);
		assertThat(this.appender.events()).isEmpty();
	}

	@Test
	void appenderThatGivesAnEventAnMdcIsLeftToDoSo() {
		root().detachAppender(this.appender);
		root().addAppender(started(new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				((ch.qos.logback.classic.spi.LoggingEvent) event).setMDCPropertyMap(Map.of("own", "map"));
			}

		}));
		root().addAppender(this.appender);
		log();
		assertThat(this.appender.onlyMdc()).containsOnlyKeys("own");
	}

	@Test
	void resetOfTheContextChangesNothing() {
		this.context.reset();
		this.appender.start();
		root().addAppender(this.appender);
		log();
		assertThat(this.appender.onlyMdc()).isEqualTo(IDS);
	}

	@Test
	void callBelowLevelAsksForNothing() {
		LogbackCorrelation.apply(this.context, null);
		this.context.setMDCAdapter(new RefusingMdcAdapter());
		apply();
		root().setLevel(Level.WARN);
		log();
		assertThat(this.appender.events()).isEmpty();
	}

	@Test
	void adapterThatIsNotLogbacksIsAskedToo() {
		LogbackCorrelation.apply(this.context, null);
		BasicMDCAdapter other = new BasicMDCAdapter();
		other.put("customer", "7");
		this.context.setMDCAdapter(other);
		apply();
		log();
		assertThat(this.appender.onlyMdc()).hasSize(5).containsEntry("customer", "7").containsAllEntriesOf(IDS);
	}

	@Test
	void secondApplicationOfAJvmDecides() {
		apply();
		assertThat(this.context.getMDCAdapter()).isInstanceOfSatisfying(CorrelatedMdcAdapter.class,
				(adapter) -> assertThat(adapter.mdc()).isSameAs(this.mdc));
		LogbackCorrelation.apply(this.context, null);
		assertThat(this.context.getMDCAdapter()).isSameAs(this.mdc);
		log();
		assertThat(this.appender.onlyMdc()).isEmpty();
	}

	@Test
	void logbackHasNothingToWarnOf() {
		apply();
		LogbackCorrelation.apply(this.context, null);
		assertThat(this.context.getStatusManager().getCopyOfStatusList()).isEmpty();
	}

	private void apply() {
		LogbackCorrelation.apply(this.context, CorrelationIds.of(this.environment));
	}

	private void log() {
		SPAN.wrap(() -> this.logger.info("paid")).run();
	}

	private Logger root() {
		return this.context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	private static Appender<ILoggingEvent> started(Appender<ILoggingEvent> appender) {
		appender.start();
		return appender;
	}

	@SuppressWarnings("unchecked") // as Logback declares what it inherits
	private static final class RefusingMdcAdapter extends LogbackMDCAdapter {

		@Override
		public Map<String, String> getPropertyMap() {
			throw new AssertionError("Nobody needs it");
		}

	}

}
