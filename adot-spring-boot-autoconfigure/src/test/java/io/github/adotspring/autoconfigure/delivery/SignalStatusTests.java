package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import org.junit.jupiter.api.Test;

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
		assertThat(this.status.received()).isZero();
		assertThat(this.status.exported()).isZero();
		assertThat(this.status.rejected()).isZero();
		assertThat(this.status.failed()).isZero();
		assertThat(this.status.dropped()).isZero();
		assertThat(this.status.spooled()).isZero();
		assertThat(this.status.bytes()).isZero();
		assertThat(this.status.lastSuccess()).isNull();
		assertThat(this.status.lastError()).isNull();
		assertThat(this.status.byReason(Result.DROPPED)).isEmpty();
	}

	@Test
	void countsByResultAndReason() {
		this.status.count(Result.EXPORTED, "delivered", 7);
		this.status.count(Result.REJECTED, "too_old", 1);
		this.status.count(Result.FAILED, "timeout", 2);
		this.status.count(Result.DROPPED, "queue_full", 3);
		this.status.count(Result.DROPPED, "too_large", 4);
		this.status.count(Result.DROPPED, "queue_full", 5);
		this.status.count(Result.DROPPED, "never", 0);
		assertThat(this.status.exported()).isEqualTo(7);
		assertThat(this.status.rejected()).isEqualTo(1);
		assertThat(this.status.failed()).isEqualTo(2);
		assertThat(this.status.dropped()).isEqualTo(12);
		assertThat(this.status.byReason(Result.DROPPED)).isEqualTo(Map.of("queue_full", 8L, "too_large", 4L));
	}

	@Test
	void knowsTheLastSuccessAndTheLastError() {
		this.status.delivered(1_000);
		this.status.delivered(24);
		this.status.error("HTTP 503", "Wait.");
		assertThat(this.status.bytes()).isEqualTo(1_024);
		assertThat(this.status.lastSuccess()).isEqualTo(NOW);
		assertThat(this.status.lastError()).isEqualTo(new SignalStatus.LastError(NOW, "HTTP 503", "Wait."));
	}

	@Test
	void countsEachSignalByItself() {
		this.delivery.of(Signal.TRACES).count(Result.EXPORTED, "delivered", 1);
		this.delivery.of(Signal.METRICS).count(Result.EXPORTED, "delivered", 2);
		this.delivery.of(Signal.LOGS).count(Result.EXPORTED, "delivered", 3);
		assertThat(this.delivery.of(Signal.TRACES).exported()).isEqualTo(1);
		assertThat(this.delivery.of(Signal.METRICS).exported()).isEqualTo(2);
		assertThat(this.delivery.of(Signal.LOGS).exported()).isEqualTo(3);
	}

}
