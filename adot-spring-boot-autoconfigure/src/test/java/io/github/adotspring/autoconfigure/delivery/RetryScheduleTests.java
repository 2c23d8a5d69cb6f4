package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetrySchedule}.
 */
final class RetryScheduleTests {

	@Test
	void doublesTheLongestWaitUpToItsBound() {
		RetrySchedule schedule = schedule(9, LongUnaryOperator.identity());
		assertThat(schedule.backoffAfter(1)).isEqualTo(Duration.ofSeconds(1));
		assertThat(schedule.backoffAfter(2)).isEqualTo(Duration.ofSeconds(2));
		assertThat(schedule.backoffAfter(3)).isEqualTo(Duration.ofSeconds(4));
		assertThat(schedule.backoffAfter(4)).isEqualTo(Duration.ofSeconds(5));
		assertThat(schedule.backoffAfter(5)).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void waitsForWhatChanceSays() {
		assertThat(schedule(9, (bound) -> 0).backoffAfter(3)).isZero();
		assertThat(schedule(9, (bound) -> bound / 2).backoffAfter(3)).isEqualTo(Duration.ofSeconds(2));
	}

	@ParameterizedTest
	@ValueSource(ints = { 31, 32, 33, 63, 64, 65, 1_000, Integer.MAX_VALUE })
	void staysWithinItsBoundsAfterAnyNumberOfAttempts(int attempt) {
		assertThat(schedule(Integer.MAX_VALUE, LongUnaryOperator.identity()).backoffAfter(attempt))
			.isEqualTo(Duration.ofSeconds(5));
		RetrySchedule patient = new RetrySchedule(Integer.MAX_VALUE, Duration.ofDays(365), Duration.ofDays(3650),
				LongUnaryOperator.identity());
		assertThat(patient.backoffAfter(attempt)).isEqualTo(Duration.ofDays(3650));
	}

	@Test
	void neverWaitsLongerThanTheBoundEvenWhereTheFirstWaitIsLonger() {
		RetrySchedule schedule = new RetrySchedule(3, Duration.ofSeconds(10), Duration.ofSeconds(5),
				LongUnaryOperator.identity());
		assertThat(schedule.backoffAfter(1)).isEqualTo(Duration.ofSeconds(5));
	}

	private static RetrySchedule schedule(int maxAttempts, LongUnaryOperator random) {
		return new RetrySchedule(maxAttempts, Duration.ofSeconds(1), Duration.ofSeconds(5), random);
	}

}
