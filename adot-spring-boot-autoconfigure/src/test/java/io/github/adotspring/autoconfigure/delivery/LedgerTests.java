package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.testing.LogLines;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Ledger}.
 */
final class LedgerTests {

	private final SignalStatus status = new SignalStatus(Clock.systemUTC());

	private final QuietLog quiet = new QuietLog(Clock.systemUTC());

	private final Ledger ledger = new Ledger(Signal.TRACES, this.status, this.quiet, Address.IN_PROCESS);

	@Test
	void saysThatTheDestinationFailsBeforeThatTheQueueIsFull() {
		this.status.queuedBy(() -> 7);
		try (LogLines log = LogLines.listen()) {
			this.ledger.sent(PayloadFixtures.traces(new byte[0]), Outcome.failed(Failure.TIMEOUT, "no answer in time"));
			this.quiet.outages(Signal.TRACES).end();
			assertThat(log.lines()).hasSize(2);
			assertThat(log.lines().get(0)).startsWith("WARN Traces can't be delivered: no answer in time.");
			assertThat(log.lines().get(1)).startsWith("WARN 7 spans were lost (queue_full 7)");
		}
	}

	@Test
	void saysNothingOfADestinationThatOnlyTheEndOfTheApplicationOrItsSizeKeptAPayloadFrom() {
		try (LogLines log = LogLines.listen()) {
			this.ledger.retried(Outcome.failed(Failure.CLOSED, "the application is shutting down"));
			this.ledger.retried(Outcome.answered(Failure.TOO_LARGE, 413, "HTTP 413", null));
			assertThat(log.lines()).isEmpty();
			assertThat(this.status.isFailing()).isFalse();
			this.ledger.retried(Outcome.failed(Failure.TIMEOUT, "no answer in time"));
			assertThat(log.lines()).hasSize(1);
			assertThat(this.status.isFailing()).isTrue();
		}
	}

}
