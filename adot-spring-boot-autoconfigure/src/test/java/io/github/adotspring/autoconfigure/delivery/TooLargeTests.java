package io.github.adotspring.autoconfigure.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests that a server finds too large, against all limits that are known.
 */
@Timeout(60)
final class TooLargeTests {

	private static final String OK = Script.text(200, "");

	private static final String TOO_LARGE = Script.text(413, "Too much");

	private final List<String> arrived = new CopyOnWriteArrayList<>();

	private LogLines log;

	@BeforeEach
	void listen() {
		this.log = LogLines.listen();
	}

	@AfterEach
	void close() {
		this.log.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 413, 400 })
	void cutsUntilAllHasArrived(int status) {
		String refusal = Script.text(status, "The request is larger than 100 bytes");
		try (ScriptedEndpoint server = server((names) -> (names.size() > 3) ? refusal : OK);
				Pipeline pipeline = pipeline(server)) {
			assertThat(pipeline.export(50)).isTrue();
			assertThat(this.arrived).containsExactlyElementsOf(names(50));
			assertThat(pipeline.status().exported()).isEqualTo(50);
			assertThat(pipeline.status().rejected()).isZero();
			assertThat(pipeline.status().isFailing()).isFalse();
			assertThat(this.log.lines()).isEmpty();
		}
	}

	@Test
	void cutsWithOnePlaceInFlight() {
		try (ScriptedEndpoint server = server((names) -> (names.size() > 3) ? TOO_LARGE : OK);
				Pipeline pipeline = pipeline(server, "management.adot.delivery.max-in-flight=1")) {
			assertThat(pipeline.export(50)).isTrue();
			assertThat(this.arrived).containsExactlyElementsOf(names(50));
		}
	}

	@Test
	void dropsTheOneThatCanNeverFit() {
		try (ScriptedEndpoint server = server((names) -> names.contains("span 33") ? TOO_LARGE : OK);
				Pipeline pipeline = pipeline(server)) {
			assertThat(pipeline.export(512)).isFalse();
			List<String> others = new ArrayList<>(names(512));
			others.remove("span 33");
			assertThat(this.arrived).containsExactlyElementsOf(others);
			assertThat(pipeline.status().exported()).isEqualTo(511);
			assertThat(pipeline.status().byReason(Result.REJECTED)).containsExactly(Map.entry("too_large", 1L));
			assertThat(server.requests()).hasSizeLessThan(25);
			assertThat(pipeline.lastError()).isEqualTo("HTTP 413: Too much");
			assertThat(this.log.lines()).singleElement()
				.asString()
				.startsWith("WARN 1 spans were lost (too_large 1): ")
				.contains("span 33")
				.contains("HTTP 413: Too much");
		}
	}

	@Test
	void endsWithAServerThatFindsEverythingTooLarge() {
		try (ScriptedEndpoint server = server((names) -> TOO_LARGE); Pipeline pipeline = pipeline(server)) {
			assertThat(pipeline.export(512)).isFalse();
			assertThat(server.requests()).hasSizeLessThan(130);
			assertThat(pipeline.status().received()).isEqualTo(512);
			assertThat(pipeline.status().byReason(Result.REJECTED)).containsExactly(Map.entry("too_large", 512L));
			assertThat(this.log.lines()).hasSize(1);
		}
	}

	@Test
	void doesNotCutForAnotherReason() {
		try (ScriptedEndpoint server = server((names) -> Script.text(400, "Span has no name"));
				Pipeline pipeline = pipeline(server)) {
			assertThat(pipeline.export(50)).isFalse();
			assertThat(server.requests()).hasSize(1);
			assertThat(pipeline.status().byReason(Result.REJECTED)).containsExactly(Map.entry("rejected", 50L));
		}
	}

	@Test
	void goesOnAfterAPartThatCanNotBeDelivered() {
		try (ScriptedEndpoint server = server((names) -> {
			if (names.size() > 10) {
				return TOO_LARGE;
			}
			return names.contains("span 0") ? Script.text(503, "") : OK;
		}); Pipeline pipeline = pipeline(server, "management.adot.delivery.retry.max-attempts=2")) {
			assertThat(pipeline.export(20)).isFalse();
			assertThat(this.arrived).containsExactlyElementsOf(names(20).subList(10, 20));
			assertThat(pipeline.status().exported()).isEqualTo(10);
			assertThat(pipeline.status().failed()).isEqualTo(10);
		}
	}

	private ScriptedEndpoint server(Function<List<String>, String> answers) {
		return ScriptedEndpoint.start(Script.each((request) -> {
			List<String> names = names(request);
			String answer = answers.apply(names);
			if (answer.equals(OK)) {
				this.arrived.addAll(names);
			}
			return answer;
		}));
	}

	private static Pipeline pipeline(ScriptedEndpoint server, String... properties) {
		return Pipeline.toCollector(server.url(), properties);
	}

	private static List<String> names(ReceivedRequest request) {
		return ReceivedSpan.in(request.traces()).stream().map(ReceivedSpan::name).toList();
	}

	private static List<String> names(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "span " + i).toList();
	}

}
