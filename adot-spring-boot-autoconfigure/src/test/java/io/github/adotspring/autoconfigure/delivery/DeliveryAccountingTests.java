package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.testing.Connection;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.opentelemetry.api.OpenTelemetry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every item is counted once, whatever becomes of it: applications with the
 * SDK and small queues, several threads, and a server of which nothing can be foreseen
 * but that it does the same for the same seed.
 */
@Timeout(120)
final class DeliveryAccountingTests {

	private static final int THREADS = 4;

	private static final int ITEMS = 600;

	@TempDir
	private Path temporary;

	private final AtomicInteger connections = new AtomicInteger();

	/** Items that the server says it took, and did not say it rejected. */
	private final Map<Signal, AtomicLong> taken = Map.of(Signal.TRACES, new AtomicLong(), Signal.LOGS,
			new AtomicLong());

	private volatile boolean healthy;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void addsUp(long seed) throws Exception {
		try (ScriptedEndpoint server = ScriptedEndpoint.start((connection) -> misbehave(connection, seed))) {
			ConfigurableApplicationContext context = run(server, "management.adot.delivery.spool.enabled=false");
			DeliveryStatus status = context.getBean(DeliveryStatus.class);
			makeItems(context, seed);
			context.close();
			for (Signal signal : this.taken.keySet()) {
				assertThatAllIsAccountedFor(status.of(signal));
				assertThat(status.of(signal).exported()).isLessThanOrEqualTo(this.taken.get(signal).get());
				assertThat(status.of(signal).spooled()).isZero();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 3, 4 })
	void addsUpWithASpool(long seed) throws Exception {
		try (ScriptedEndpoint server = ScriptedEndpoint.start((connection) -> misbehave(connection, seed))) {
			ConfigurableApplicationContext context = run(server, "management.adot.delivery.spool.enabled=true");
			DeliveryStatus status = context.getBean(DeliveryStatus.class);
			makeItems(context, seed);
			context.close();
			this.taken.keySet().forEach((signal) -> assertThatAllIsAccountedFor(status.of(signal)));

			this.healthy = true;
			ConfigurableApplicationContext next = run(server, "management.adot.delivery.spool.enabled=true");
			DeliveryStatus later = next.getBean(DeliveryStatus.class);
			Path spool = this.temporary.resolve("spool");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> payloads(spool) == 0);
			next.close();
			for (Signal signal : this.taken.keySet()) {
				SignalStatus before = status.of(signal);
				SignalStatus after = later.of(signal);
				assertThat(after.received()).isZero();
				assertThat(after.recovered()).isEqualTo(before.spooled() - before.recovered());
				assertThat(after.exported() + after.rejected()).isEqualTo(after.recovered());
			}
		}
	}

	private void assertThatAllIsAccountedFor(SignalStatus status) {
		assertThat(status.received()).isEqualTo(THREADS * ITEMS);
		assertThat(status.exported()).isPositive();
		assertThat(status.exported() + status.rejected() + status.failed() + status.dropped() + status.spooled()
				- status.recovered())
			.as(() -> Stream.of(SignalStatus.Result.values()).map(status::byReason).toList() + " spooled "
					+ status.spooled() + " recovered " + status.recovered())
			.isEqualTo(THREADS * ITEMS);
	}

	private ConfigurableApplicationContext run(ScriptedEndpoint server, String spool) {
		return TracedProcess.run(server.url(), "management.adot.logging.export.to=collector",
				"management.adot.metrics.export.to=none", "otel.instrumentation.logback-appender.enabled=false",
				"otel.bsp.schedule.delay=5ms", "otel.bsp.max.queue.size=128", "otel.bsp.max.export.batch.size=16",
				"otel.blrp.schedule.delay=5ms", "otel.blrp.max.queue.size=128", "otel.blrp.max.export.batch.size=16",
				"management.adot.delivery.max-in-flight=2", "management.adot.delivery.timeout=500ms",
				"management.adot.delivery.request-timeout=100ms", "management.adot.delivery.shutdown-timeout=500ms",
				"management.adot.delivery.retry.max-attempts=3", "management.adot.delivery.retry.initial-backoff=2ms",
				"management.adot.delivery.retry.max-backoff=10ms",
				"management.adot.delivery.retry.max-retry-after=20ms",
				"management.adot.delivery.spool.directory=" + this.temporary.resolve("spool"), spool);
	}

	private static void makeItems(ConfigurableApplicationContext context, long seed) throws Exception {
		OpenTelemetry openTelemetry = context.getBean(OpenTelemetry.class);
		List<Thread> threads = IntStream.range(0, THREADS)
			.mapToObj((i) -> new Thread(() -> makeItems(openTelemetry, new Random(seed + i))))
			.toList();
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private static void makeItems(OpenTelemetry openTelemetry, Random random) {
		for (int i = 0; i < ITEMS; i++) {
			openTelemetry.getTracer("test").spanBuilder("span").startSpan().end();
			openTelemetry.getLogsBridge().get("test").logRecordBuilder().setBody("log").emit();
			// Not all at once, so that some find room in the queue.
			LockSupport.parkNanos(random.nextInt(3_000_000));
		}
	}

	private void misbehave(Connection connection, long seed) throws IOException {
		Random random = new Random(seed * 31 + this.connections.incrementAndGet());
		while (true) {
			ReceivedRequest request = connection.readRequest();
			int choice = this.healthy ? 0 : random.nextInt(30);
			int items = itemsOf(request);
			switch (choice) {
				case 7 -> {
					this.taken.get(signalOf(request)).addAndGet(items - items / 2);
					connection.send(
							Script.text(200, "{\"partialSuccess\":{\"rejectedSpans\":\"%d\",\"errorMessage\":\"half\"}}"
								.formatted(items / 2)));
				}
				case 8 -> connection.send(Script.text(400, "no"));
				case 9 -> connection.send(Script.text((items > 5) ? 413 : 400, "no"));
				case 10 -> connection.send(Script.text(400, "The request is too large"));
				case 11 -> connection.send(Script.text(403, "The security token included in the request is expired"));
				case 12 -> connection.send(Script.text(429, "later", "Retry-After: 1"));
				case 13 -> connection.send(Script.text(503, "later"));
				case 14 -> connection.send(Script.text(308, "", "Location: http://127.0.0.1:1/"));
				case 15 -> connection.reset();
				case 16 -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nstalled");
				case 17 -> {
					connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense");
					return;
				}
				case 18 -> {
					return;
				}
				case 19 -> {
					// No answer at all.
				}
				default -> {
					this.taken.get(signalOf(request)).addAndGet(items);
					connection.send(Script.text(200, ""));
				}
			}
		}
	}

	private static Signal signalOf(ReceivedRequest request) {
		return request.path().equals("/v1/traces") ? Signal.TRACES : Signal.LOGS;
	}

	private static int itemsOf(ReceivedRequest request) {
		return (signalOf(request) == Signal.TRACES) ? ReceivedSpan.in(request.traces()).size()
				: request.logs()
					.getResourceLogsList()
					.stream()
					.flatMap((resource) -> resource.getScopeLogsList().stream())
					.mapToInt((scope) -> scope.getLogRecordsCount())
					.sum();
	}

	private static long payloads(Path spool) throws IOException {
		try (Stream<Path> files = Files.walk(spool)) {
			return files.filter((file) -> file.toString().endsWith(".payload")).count();
		}
		catch (UncheckedIOException ex) {
			// A directory was deleted meanwhile.
			return -1;
		}
	}

}
