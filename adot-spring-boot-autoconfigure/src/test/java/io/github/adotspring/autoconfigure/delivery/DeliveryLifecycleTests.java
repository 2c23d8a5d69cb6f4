package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryLifecycle} in an application with the SDK: what is buffered
 * when it stops, with servers that answer and with others.
 */
@Timeout(120)
final class DeliveryLifecycleTests {

	@TempDir
	private Path temporary;

	@Test
	void deliversTheLastSpanBeforeTheContextIsClosed() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			SignalStatus status;
			try (ConfigurableApplicationContext context = run(collector.url())) {
				status = statusOf(context);
				makeSpans(context, 1);
			}
			assertThat(collector.spans()).hasSize(1);
			assertThat(status.exported()).isEqualTo(1);
		}
	}

	@Test
	void deliversWhatOtherBeansMakeWhenTheyAreDestroyed() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			try (ConfigurableApplicationContext context = run(collector.url())) {
				context.addApplicationListener((event) -> {
					if (event instanceof ContextClosedEvent) {
						makeSpans(context, 1);
					}
				});
				((GenericApplicationContext) context).registerBean("last", DisposableBean.class,
						() -> () -> makeSpans(context, 2));
				assertThat(context.getBean("last")).isNotNull();
			}
			assertThat(collector.spans()).hasSize(3);
		}
	}

	@Test
	void deliversBeforeAStopAndAfterTheNextStart() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature();
				ConfigurableApplicationContext context = run(collector.url())) {
			for (int round = 1; round <= 3; round++) {
				makeSpans(context, 10);
				context.stop();
				assertThat(collector.spans()).hasSize(10 * round);
				context.start();
			}
			assertThat(statusOf(context).exported()).isEqualTo(30);
		}
	}

	@Test
	void deliversAgainAfterAStopThatTookTooLong() {
		try (BrokenEndpoint dead = BrokenEndpoint.refusing();
				ConfigurableApplicationContext context = run(dead.url(),
						"management.adot.delivery.shutdown-timeout=200ms",
						"management.adot.delivery.retry.max-attempts=100")) {
			makeSpans(context, 10);
			context.stop();
			SignalStatus status = statusOf(context);
			Awaitility.await().until(() -> status.byReason(Result.DROPPED).getOrDefault("closed", 0L) == 10);
			context.start();
			makeSpans(context, 5);
			context.stop();
			Awaitility.await().until(() -> status.dropped() == 15);
			assertThat(status.received()).isEqualTo(15);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isClosedInTimeAndCountsEverySpanWithoutAnAnswer(boolean silent) {
		try (BrokenEndpoint server = silent ? BrokenEndpoint.silent() : BrokenEndpoint.refusing()) {
			ConfigurableApplicationContext context = run(server.url(),
					"management.adot.delivery.shutdown-timeout=500ms");
			SignalStatus status = statusOf(context);
			makeSpans(context, 2_000);
			assertThat(timeToClose(context)).isLessThan(Duration.ofSeconds(3));
			assertThat(status.received()).isEqualTo(2_000);
			assertThat(status.failed() + status.dropped()).isEqualTo(2_000);
		}
	}

	@Test
	void isClosedInTimeAndKeepsEverySpanOnDisk() {
		try (BrokenEndpoint server = BrokenEndpoint.silent()) {
			ConfigurableApplicationContext context = run(server.url(), "management.adot.delivery.spool.enabled=true",
					"management.adot.delivery.spool.directory=" + this.temporary.resolve("spool"));
			SignalStatus status = statusOf(context);
			makeSpans(context, 1_000);
			assertThat(timeToClose(context)).isLessThan(Duration.ofSeconds(6));
			assertThat(status.received()).isEqualTo(1_000);
			assertThat(status.failed() + status.dropped() + status.rejected() + status.exported()).isZero();
			assertThat(status.spooled() - status.recovered()).isEqualTo(1_000);
		}
	}

	@Test
	void keepsTheSdkNoLongerThanItsOwnTimeout() {
		try (BrokenEndpoint server = BrokenEndpoint.silent()) {
			ConfigurableApplicationContext context = run(server.url(), "otel.bsp.schedule.delay=1ms",
					"otel.bsp.export.timeout=100ms", "otel.bsp.max.export.batch.size=1",
					"management.adot.delivery.max-in-flight=2", "management.adot.delivery.shutdown-timeout=100ms");
			makeSpans(context, 5);
			server.awaitConnections(2);
			SignalStatus status = statusOf(context);
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(status.byReason(Result.DROPPED)).isEqualTo(Map.of("too_many_in_flight", 3L)));
			assertThat(status.received()).isEqualTo(5);
			assertThat(timeToClose(context)).isLessThan(Duration.ofSeconds(3));
			assertThat(status.dropped() + status.failed()).isEqualTo(5);
		}
	}

	@Test
	void deliversTheLastSpanOfAProcessThatIsTerminated() throws Exception {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature();
				TracedProcess process = TracedProcess.start(collector.url())) {
			process.makeSpan();
			assertThat(collector.requests()).isEmpty();
			process.terminate();
			assertThat(collector.spans()).extracting(ReceivedSpan::name).containsExactly("last");
		}
	}

	private static ConfigurableApplicationContext run(URI collector, String... properties) {
		return TracedProcess.run(collector, properties);
	}

	private static Duration timeToClose(ConfigurableApplicationContext context) {
		long before = System.nanoTime();
		context.close();
		return Duration.ofNanos(System.nanoTime() - before);
	}

	private static SignalStatus statusOf(ConfigurableApplicationContext context) {
		return context.getBean(DeliveryStatus.class).of(Signal.TRACES);
	}

	private static void makeSpans(ConfigurableApplicationContext context, int count) {
		Tracer tracer = context.getBean(OpenTelemetry.class).getTracer("test");
		for (int i = 0; i < count; i++) {
			tracer.spanBuilder("span").startSpan().end();
		}
	}

}
