package io.github.adotspring.autoconfigure.tracing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RandomIdGenerator}.
 */
final class RandomIdGeneratorTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-02-29T12:00:00Z"), ZoneOffset.UTC);

	@Test
	void startsTraceIdsWithTheTime() {
		RandomIdGenerator generator = RandomIdGenerator.xray(CLOCK);
		assertThat(generator.generateTraceId()).startsWith(Long.toHexString(CLOCK.instant().getEpochSecond()))
			.matches(TraceId::isValid)
			.isNotEqualTo(generator.generateTraceId());
		assertThat(generator.generateSpanId()).matches(SpanId::isValid).isNotEqualTo(generator.generateSpanId());
	}

	@Test
	void neverMakesAnIdThatIsNone() {
		List<Long> numbers = List.of(0L, 7L, 0L, 0L, 9L);
		int[] drawn = { 0 };
		RandomIdGenerator generator = RandomIdGenerator.xray(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
				() -> (drawn[0] < numbers.size()) ? numbers.get(drawn[0]++) : 0);
		assertThat(generator.generateSpanId()).isEqualTo("0000000000000007");
		assertThat(generator.generateTraceId()).isEqualTo("00000000000000000000000000000009");
	}

	@Test
	void processesRestoredFromOneCheckpointMakeIdsOfTheirOwn() {
		RandomIdGenerator one = RandomIdGenerator.xray(CLOCK, new Random(42)::nextLong);
		RandomIdGenerator other = RandomIdGenerator.xray(CLOCK, new Random(42)::nextLong);
		assertThat(one.generateTraceId()).isEqualTo(other.generateTraceId());
		for (RandomIdGenerator restored : List.of(one, other)) {
			restored.stop();
			restored.start();
		}
		assertThat(one.generateTraceId()).isNotEqualTo(other.generateTraceId());
		assertThat(one.generateSpanId()).isNotEqualTo(other.generateSpanId());
	}

	@Test
	void isStoppedAndStartedWithTheContext() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class))
			.run((context) -> {
				RandomIdGenerator generator = context.getBean(RandomIdGenerator.class);
				assertThat(generator.isRunning()).isTrue();
				context.getSourceApplicationContext().stop();
				assertThat(generator.isRunning()).isFalse();
				context.getSourceApplicationContext().start();
				assertThat(generator.isRunning()).isTrue();
			});
	}

}
