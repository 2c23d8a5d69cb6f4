package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pause}.
 */
final class PauseTests {

	private final Pause pause = new Pause();

	@Test
	void isNotThereUntilSomebodyAsks() {
		assertThat(this.pause.remainingNanos()).isZero();
		this.pause.ask(Duration.ZERO);
		assertThat(this.pause.remainingNanos()).isZero();
	}

	@Test
	void lastsAsLongAsItWasAsked() {
		long asked = System.nanoTime();
		this.pause.ask(Duration.ofMinutes(2));
		long remaining = this.pause.remainingNanos();
		long passed = System.nanoTime() - asked;
		assertThat(remaining).isBetween(Duration.ofMinutes(2).toNanos() - passed, Duration.ofMinutes(2).toNanos());
	}

	@Test
	void isReplacedByALongerOneOnly() {
		this.pause.ask(Duration.ofMinutes(2));
		this.pause.ask(Duration.ofSeconds(1));
		assertThat(this.pause.remainingNanos()).isGreaterThan(Duration.ofMinutes(1).toNanos());
		this.pause.ask(Duration.ofMinutes(4));
		assertThat(this.pause.remainingNanos()).isGreaterThan(Duration.ofMinutes(3).toNanos());
	}

	@Test
	void passes() {
		this.pause.ask(Duration.ofNanos(1));
		while (this.pause.remainingNanos() > 0) {
			Thread.onSpinWait();
		}
		assertThat(this.pause.remainingNanos()).isZero();
	}

}
