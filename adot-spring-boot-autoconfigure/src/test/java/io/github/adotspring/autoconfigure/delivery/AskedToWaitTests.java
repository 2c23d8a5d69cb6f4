package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.opentelemetry.sdk.common.CompletableResultCode;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for Retry-After on the whole way: no request reaches a server before the time
 * that it asked for.
 */
@Timeout(60)
final class AskedToWaitTests {

	private static final String OK = Script.text(200, "");

	private final Queue<String> answers = new ConcurrentLinkedQueue<>();

	private final List<Long> arrivals = new CopyOnWriteArrayList<>();

	private final ScriptedEndpoint server = ScriptedEndpoint.start(Script.each(this::answer));

	private LogLines log;

	@BeforeEach
	void listen() {
		this.log = LogLines.listen();
	}

	@AfterEach
	void close() {
		this.log.close();
		this.server.close();
	}

	private String answer(ReceivedRequest request) {
		this.arrivals.add(System.nanoTime());
		String answer = this.answers.poll();
		return (answer != null) ? answer : OK;
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 502, 503, 504 })
	void waitsAsLongAsTheServerAsks(int status) {
		this.answers.add(Script.text(status, "Busy", "Retry-After: 9999999999"));
		try (Pipeline pipeline = pipeline("retry.max-retry-after=300ms")) {
			assertThat(pipeline.export(1)).isTrue();
			assertThat(waits()).singleElement(InstanceOfAssertFactories.LONG).isBetween(300L, 10_000L);
		}
	}

	@Test
	void waitsForSeconds() {
		this.answers.add(Script.text(503, "Busy", "Retry-After: 1"));
		try (Pipeline pipeline = pipeline()) {
			assertThat(pipeline.export(1)).isTrue();
			assertThat(waits()).singleElement(InstanceOfAssertFactories.LONG).isBetween(1_000L, 10_000L);
		}
	}

	@Test
	void waitsForADateByTheClockOfTheServer() {
		this.answers.add(Script.text(503, "Busy", "Date: Mon, 03 Dec 2001 12:00:00 GMT",
				"Retry-After: Mon, 03 Dec 2001 12:00:01 GMT"));
		try (Pipeline pipeline = pipeline()) {
			assertThat(pipeline.export(1)).isTrue();
			assertThat(waits()).singleElement(InstanceOfAssertFactories.LONG).isBetween(1_000L, 10_000L);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "soon", "-60", "Mon, 03 Dec 2001 12:00:01 GMT", "0" })
	void triesAgainSoonWhenItIsAskedForNothing(String value) {
		this.answers.add(Script.text(503, "Busy", "Retry-After: " + value));
		try (Pipeline pipeline = pipeline("timeout=5s")) {
			assertThat(pipeline.export(1)).isTrue();
			assertThat(waits()).singleElement(InstanceOfAssertFactories.LONG).isLessThan(5_000L);
		}
	}

	@Test
	void otherPayloadsWaitToo() {
		this.answers.add(Script.text(429, "Slow down", "Retry-After: 60"));
		try (Pipeline pipeline = pipeline("retry.max-retry-after=400ms", "retry.max-attempts=1", "max-in-flight=8")) {
			assertThat(pipeline.export(1)).isFalse();
			List<CompletableResultCode> others = IntStream.range(0, 5)
				.mapToObj((i) -> pipeline.send(Spans.ended(1)))
				.toList();
			assertThat(CompletableResultCode.ofAll(others).join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
			assertThat(this.arrivals).hasSize(6);
			assertThat(waits().get(0)).isBetween(400L, 10_000L);
			assertThat(pipeline.status().exported()).isEqualTo(5);
		}
	}

	@Test
	void givesUpAtOnceWhenTheTimeIsTooLong() {
		this.answers.add(Script.text(503, "Busy", "Retry-After: 60"));
		try (Pipeline pipeline = pipeline("timeout=20s")) {
			long before = System.nanoTime();
			assertThat(pipeline.export(2)).isFalse();
			assertThat(pipeline.lastError()).isEqualTo("HTTP 503: Busy (Retry-After: 60 s)");
			assertThat(pipeline.export(3)).isFalse();
			assertThat(pipeline.lastError()).matches("the server asked to wait for another (59|[4-5]\\d) s");
			assertThat(millisSince(before)).isLessThan(15_000L);
			assertThat(this.arrivals).hasSize(1);
			assertThat(pipeline.status().byReason(Result.FAILED)).containsExactly(Map.entry("unavailable", 5L));
			assertThat(this.log.lines()).singleElement().asString().contains("HTTP 503: Busy (Retry-After: 60 s)");
		}
	}

	@Test
	void doesNotWaitBecauseOfARefusal() {
		this.answers.add(Script.text(400, "Not like this", "Retry-After: 60"));
		try (Pipeline pipeline = pipeline()) {
			assertThat(pipeline.export(1)).isFalse();
			assertThat(pipeline.export(1)).isTrue();
		}
	}

	private Pipeline pipeline(String... properties) {
		return Pipeline.toCollector(this.server.url(),
				Stream.of(properties).map((property) -> "management.adot.delivery." + property).toArray(String[]::new));
	}

	/**
	 * Milliseconds between a request and the next.
	 */
	private List<Long> waits() {
		return IntStream.range(1, this.arrivals.size())
			.mapToObj((i) -> TimeUnit.NANOSECONDS.toMillis(this.arrivals.get(i) - this.arrivals.get(i - 1)))
			.toList();
	}

	private static long millisSince(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
	}

}
