package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SignalStatus} and {@link DeliveryStatus}.
 */
final class SignalStatusTests {

	private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");

	private final DeliveryStatus delivery = new DeliveryStatus(Clock.fixed(NOW, ZoneOffset.UTC));

	private final SignalStatus status = this.delivery.of(Signal.TRACES);

	@Test
	void startsWithNothing() {
		assertThat(this.status.exported()).isZero();
		assertThat(this.status.failed()).isZero();
		assertThat(this.status.dropped()).isZero();
		assertThat(this.status.lastSuccess()).isNull();
		assertThat(this.status.lastError()).isNull();
	}

	@Test
	void countsWhatArrived() {
		this.status.record(3, Outcome.delivered(200));
		this.status.record(4, Outcome.delivered(0));
		assertThat(this.status.exported()).isEqualTo(7);
		assertThat(this.status.lastSuccess()).isEqualTo(NOW);
		assertThat(this.status.lastError()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void countsWhatWasSentInVainApartFromWhatWasNotSent(Failure failure) {
		this.status.record(5, Outcome.failed(failure, "the reason"));
		boolean sent = switch (failure) {
			case REJECTED, UNAVAILABLE, UNREACHABLE, TIMEOUT -> true;
			case NOT_CONFIGURED, TOO_MANY_IN_FLIGHT, CLOSED, INVALID -> false;
		};
		assertThat(this.status.failed()).isEqualTo(sent ? 5 : 0);
		assertThat(this.status.dropped()).isEqualTo(sent ? 0 : 5);
		assertThat(this.status.exported()).isZero();
		assertThat(this.status.lastError()).isEqualTo(new SignalStatus.LastError(NOW, "the reason"));
	}

	@Test
	void addsUpToWhatWentIn() {
		long total = 0;
		for (Failure failure : Failure.values()) {
			for (int items = 0; items < 10; items++) {
				this.status.record(items, Outcome.failed(failure, "the reason"));
				this.status.record(items, Outcome.delivered(200));
				total += 2L * items;
			}
		}
		assertThat(this.status.exported() + this.status.failed() + this.status.dropped()).isEqualTo(total);
	}

	@Test
	void countsEachSignalByItself() {
		this.delivery.of(Signal.TRACES).record(1, Outcome.delivered(200));
		this.delivery.of(Signal.METRICS).record(2, Outcome.delivered(200));
		this.delivery.of(Signal.LOGS).record(3, Outcome.delivered(200));
		assertThat(this.delivery.of(Signal.TRACES).exported()).isEqualTo(1);
		assertThat(this.delivery.of(Signal.METRICS).exported()).isEqualTo(2);
		assertThat(this.delivery.of(Signal.LOGS).exported()).isEqualTo(3);
	}

}
