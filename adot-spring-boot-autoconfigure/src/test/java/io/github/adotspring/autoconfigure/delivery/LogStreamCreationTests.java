package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.adotspring.autoconfigure.delivery.HttpFormat.Answer;
import io.github.adotspring.autoconfigure.delivery.HttpFormat.Call;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link LogStreamCreation}, {@link LogsAnswer} and {@link LogNames}.
 */
final class LogStreamCreationTests {

	private static final LogStreamName NAME = new LogStreamName("/adot/shop", "one");

	private final ManualClock clock = new ManualClock();

	private final LogStreamCreation creation = creation(true);

	private final List<String> calls = new ArrayList<>();

	private LogStreamCreation creation(boolean create) {
		return new LogStreamCreation(new LogStreamCreation.Rules("logging.create", create, null, null), this.clock);
	}

	@Test
	void aRefusedCreationIsTriedAgainAMinuteLaterAndForgottenWhenItSucceeds() throws IOException {
		assertThat(this.creation.create(NAME, answers("AccessDeniedException"))).isFalse();
		this.clock.pass(Duration.ofSeconds(59));
		assertThat(this.creation.create(NAME, answers("AccessDeniedException"))).isFalse();
		assertThat(this.calls).hasSize(1);
		assertThat(this.creation.problem(NAME)).isEqualTo("logs:CreateLogStream on log stream 'one' of log group "
				+ "'/adot/shop' was refused: HTTP 400 AccessDeniedException: no");
		this.clock.pass(Duration.ofSeconds(1));
		assertThat(this.creation.create(NAME, answers(null))).isTrue();
		assertThat(this.calls).hasSize(2);
		assertThat(this.creation.problem(NAME)).isNull();
	}

	@Test
	void thereIsOneCreationAtATime() throws IOException {
		assertThat(this.creation.create(NAME, (path, headers, body) -> {
			assertThatIOException().isThrownBy(() -> this.creation.create(NAME, answers(null)))
				.withMessage("the log stream is being created");
			return new Answer(200, new byte[0]);
		})).isTrue();
		assertThat(this.calls).isEmpty();
		assertThat(this.creation.create(NAME, answers(null))).isTrue();
	}

	@Test
	void aCreationThatFailsLeavesTheWayFree() throws IOException {
		assertThatIOException().isThrownBy(() -> this.creation.create(NAME, (path, headers, body) -> {
			throw new IOException("no answer");
		}));
		assertThat(this.creation.create(NAME, answers(null))).isTrue();
	}

	@Test
	void callsTheJsonApiAtTheRoot() throws IOException {
		this.creation.create(NAME, (path, headers, body) -> {
			assertThat(path).isEqualTo("/");
			assertThat(headers.get("content-type")).containsExactly("application/x-amz-json-1.1");
			return new Answer(200, new byte[0]);
		});
	}

	@Test
	void saysWhyNothingIsCreatedWhereThatIsOff() throws IOException {
		LogStreamCreation off = creation(false);
		assertThat(off.create(NAME, answers(null))).isFalse();
		assertThat(this.calls).isEmpty();
		assertThat(off.problem(NAME)).contains("since 'logging.create' is off");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | {"message":"The specified log group does not exist."} | true
			404 | The specified log stream does not exist | true
			400 | {"__type":"com.amazonaws.logs#ResourceNotFoundException"} | true
			400 | ResourceNotFoundException: log group not found | true
			403 | {"message":"The specified log group does not exist."} | false
			400 | {"message":"The specified log group name is invalid."} | false
			400 | The specified KMS key does not exist | false
			""")
	void knowsWhatIsNotThere(int status, String body, boolean absent) {
		assertThat(new LogsAnswer(new Answer(status, body.getBytes(StandardCharsets.UTF_8))).isAbsent())
			.isEqualTo(absent);
	}

	@ParameterizedTest
	@CsvSource({ "shop, shop, shop", "my shop, my_shop, my shop", "' a:b* ', _a_b__, _a_b__",
			"aws/shop, _aws/shop, aws/shop", "straße, stra_e, stra_e", "'', _, _" })
	void namesHaveOnlyCharactersThatAreAllowed(String text, String group, String stream) {
		assertThat(LogNames.group(text)).isEqualTo(group);
		assertThat(LogNames.stream(text)).isEqualTo(stream);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", " ", "aws/", "é" })
	void namesHaveAtMost512Characters(String text) {
		String group = LogNames.group(text.repeat(600));
		String stream = LogNames.stream(text.repeat(600));
		assertThat(group).hasSizeLessThanOrEqualTo(512);
		LogNames.requireGroup("group", group, group);
		LogNames.requireStream("stream", stream, stream);
	}

	private Call answers(@Nullable String exception) {
		return (path, headers, body) -> {
			this.calls.addAll(headers.getOrDefault("x-amz-target", Collections.emptyList()));
			String error = "{\"__type\":\"" + exception + "\",\"message\":\"no\"}";
			return (exception != null) ? new Answer(400, error.getBytes(StandardCharsets.UTF_8))
					: new Answer(200, new byte[0]);
		};
	}

}
