package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.time.Instant;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outages} and {@link QuietLog}.
 */
final class OutagesTests {

	private static final Outcome BUSY = Outcome.answered(Failure.UNAVAILABLE, 503, "HTTP 503", null);

	private static final Outcome SILENT = Outcome.failed(Failure.TIMEOUT, "no answer in time");

	private static final String BEGIN = "WARN Traces can't be delivered to http://collector: HTTP 503. "
			+ "5 spans were lost. What follows is said once a minute.";

	private final LogLines log = LogLines.listen();

	private final ManualClock clock = new ManualClock(Instant.parse("2024-02-29T12:00:00Z"));

	private final QuietLog quiet = new QuietLog(this.clock);

	private final Outages outages = this.quiet.outages(Signal.TRACES);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void saysNothingWhileAllIsWell() {
		this.outages.delivered();
		this.clock.pass(Duration.ofHours(1));
		this.outages.delivered();
		this.outages.end();
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void saysThatAnOutageBeginsOnceAMinuteThatItLastsAndThatItIsOver() {
		failed(5, BUSY);
		for (int i = 0; i < 59; i++) {
			this.clock.pass(Duration.ofSeconds(1));
			failed(1, (i < 20) ? BUSY : SILENT);
		}
		assertThat(this.log.lines()).containsExactly(BEGIN);
		this.clock.pass(Duration.ofSeconds(1));
		failed(1, SILENT);
		String lasts = "WARN Traces still can't be delivered to http://collector after 60 s: 65 spans were lost "
				+ "(timeout 40, unavailable 20). Last reason: no answer in time";
		assertThat(this.log.lines()).containsExactly(BEGIN, lasts);
		this.clock.pass(Duration.ofSeconds(59));
		failed(1, SILENT);
		this.outages.delivered();
		this.outages.delivered();
		assertThat(this.log.lines()).containsExactly(BEGIN, lasts,
				"INFO Traces are delivered again after 119 s: 66 spans were lost");
	}

	@Test
	void saysWhatToDoWhereItIsKnown() {
		this.outages.failed(1, BUSY, "", "Ask somebody.");
		assertThat(this.log.lines())
			.containsExactly("WARN Traces can't be delivered: HTTP 503. 1 spans were lost. Ask somebody. "
					+ "What follows is said once a minute.");
	}

	@Test
	void tellsWhatIsKeptOnDiskFromWhatIsLost() {
		failed(5, BUSY.onDisk());
		this.clock.pass(Duration.ofMinutes(3));
		failed(2, BUSY.onDisk());
		failed(1, SILENT);
		this.outages.delivered();
		assertThat(this.log.lines()).containsExactly(
				"WARN Traces can't be delivered to http://collector: HTTP 503. "
						+ "0 spans were lost and 5 kept on disk. What follows is said once a minute.",
				"WARN Traces still can't be delivered to http://collector after 3 min: "
						+ "0 spans were lost and 7 kept on disk. Last reason: HTTP 503",
				"INFO Traces are delivered again after 3 min: 1 spans were lost and 7 kept on disk");
	}

	@Test
	void saysLittleOfADestinationThatComesAndGoes() {
		for (int i = 0; i < 150; i++) {
			failed(1, BUSY);
			this.outages.delivered();
			this.clock.pass(Duration.ofSeconds(1));
		}
		assertThat(this.log.lines()).hasSize(6);
		assertThat(this.log.lines().get(2))
			.startsWith("WARN Traces can't be delivered to http://collector: HTTP 503. 60 spans were lost.");
		assertThat(this.log.lines().get(3)).isEqualTo("INFO Traces are delivered again after 0 s: 60 spans were lost");
		this.outages.end();
		assertThat(this.log.lines()).last().isEqualTo("WARN 29 spans were lost (unavailable 29): HTTP 503");
	}

	@Test
	void saysWhatIsLostWhileTheDestinationAnswers() {
		this.outages.lost(1, "too_large", "span 'a' has 300000 bytes");
		this.outages.delivered();
		this.outages.lost(2, "too_large", "span 'b' has 400000 bytes");
		this.outages.lost(3, "queue_full", "");
		this.outages.delivered();
		assertThat(this.log.lines()).containsExactly("WARN 1 spans were lost (too_large 1): span 'a' has 300000 bytes");
		this.clock.pass(Duration.ofMinutes(1));
		this.outages.delivered();
		assertThat(this.log.lines()).hasSize(2).last().isEqualTo("WARN 5 spans were lost (queue_full 3, too_large 2)");
	}

	@Test
	void countsWhatIsLostBesideAnOutageWithIt() {
		failed(5, BUSY);
		this.outages.lost(7, "queue_full", "");
		this.outages.delivered();
		assertThat(this.log.lines()).containsExactly(BEGIN,
				"INFO Traces are delivered again after 0 s: 12 spans were lost");
	}

	@Test
	void saysOnceWhatIsNotConfiguredForAllSignals() {
		Outcome missing = Outcome.failed(Failure.NOT_CONFIGURED, "No AWS region. Set it.");
		failed(5, missing);
		this.clock.pass(Duration.ofMinutes(10));
		failed(5, missing);
		this.quiet.outages(Signal.LOGS).failed(5, missing, "", null);
		assertThat(this.log.lines()).containsExactly("WARN No AWS region. Set it.");
		this.outages.delivered();
		assertThat(this.log.lines()).last()
			.isEqualTo("INFO Traces are delivered again after 10 min: 10 spans were lost");
	}

	@Test
	void keepsTheOutagesOfSignalsApart() {
		this.quiet.outages(Signal.LOGS).failed(2, BUSY, "", null);
		failed(5, BUSY);
		this.outages.delivered();
		assertThat(this.log.lines()).containsExactly(
				"WARN Logs can't be delivered: HTTP 503. 2 log records were lost. What follows is said once a minute.",
				BEGIN, "INFO Traces are delivered again after 0 s: 5 spans were lost");
	}

	@Test
	void saysInTheEndWhatWasNotSaid() {
		failed(5, BUSY);
		failed(3, SILENT);
		this.outages.end();
		this.outages.end();
		assertThat(this.log.lines()).containsExactly(BEGIN, "WARN 3 spans were lost (timeout 3): no answer in time");
	}

	@Test
	void warnsOnce() {
		this.quiet.warnOnce("one");
		this.quiet.warnOnce("two");
		this.quiet.warnOnce("one");
		assertThat(this.log.lines()).containsExactly("WARN one", "WARN two");
	}

	private void failed(int items, Outcome outcome) {
		this.outages.failed(items, outcome, " to http://collector", (@Nullable String) null);
	}

}
