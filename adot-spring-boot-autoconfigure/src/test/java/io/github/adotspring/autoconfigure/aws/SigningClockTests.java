package io.github.adotspring.autoconfigure.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SigningClock}.
 */
final class SigningClockTests {

	private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

	private static final String TWENTY_MINUTES_LATER = "Sun, 06 Nov 1994 09:09:37 GMT";

	private final SigningClock clock = new SigningClock(Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void isTheClockOfTheMachineUntilItIsRefused() {
		assertThat(this.clock.instant()).isEqualTo(NOW);
	}

	@Test
	void learnsTheTimeOfTheServerInBothDirections() {
		assertThat(this.clock.learn(this.clock.instant(), TWENTY_MINUTES_LATER)).isTrue();
		assertThat(this.clock.instant()).isEqualTo(NOW.plus(Duration.ofMinutes(20)));
		assertThat(this.clock.learn(this.clock.instant(), "Sun, 06 Nov 1994 08:29:37 GMT")).isTrue();
		assertThat(this.clock.instant()).isEqualTo(NOW.minus(Duration.ofMinutes(20)));
	}

	@Test
	void helpsEveryRequestThatWasSignedBeforeItLearned() {
		assertThat(this.clock.learn(NOW, TWENTY_MINUTES_LATER)).isTrue();
		assertThat(this.clock.learn(NOW, TWENTY_MINUTES_LATER)).isTrue();
		assertThat(this.clock.instant()).isEqualTo(NOW.plus(Duration.ofMinutes(20)));
	}

	@Test
	void learnsNothingFromADateThatDoesNotExplainTheRefusal() {
		assertThat(this.clock.learn(NOW, "Sun, 06 Nov 1994 08:50:30 GMT")).isFalse();
		assertThat(this.clock.instant()).isEqualTo(NOW);
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "soon", "Sun, 06 Nov 1994", "Mon, 06 Nov 1994 09:09:37 GMT",
			"Sun, 99 Nov 1994 09:09:37 GMT", "1994-11-06T09:09:37Z", "784112977" })
	void ignoresWhatIsNoDate(String date) {
		assertThat(this.clock.learn(NOW, date)).isFalse();
		assertThat(this.clock.instant()).isEqualTo(NOW);
	}

	@Test
	void followsTheMachineAgainWhenItForgets() {
		this.clock.learn(NOW, TWENTY_MINUTES_LATER);
		this.clock.forget();
		assertThat(this.clock.instant()).isEqualTo(NOW);
	}

}
