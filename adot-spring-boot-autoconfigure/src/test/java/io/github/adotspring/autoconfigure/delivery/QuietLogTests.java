package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.testing.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuietLog}.
 */
final class QuietLogTests {

	private static final String BEGIN = "WARN Traces can't be delivered and 5 spans are lost: HTTP 503. "
			+ "What is lost from now on is counted.";

	private final LogLines log = LogLines.listen();

	private final QuietLog quiet = new QuietLog();

	private final QuietLog.Outages outages = this.quiet.outages(Signal.TRACES);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void saysNothingWhileAllIsWell() {
		this.outages.record(5, Outcome.delivered(200));
		this.outages.record(5, Outcome.delivered(200));
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void saysOnceThatAnOutageBeginsAndOnceThatItIsOverWithWhatWasLost() {
		this.outages.record(5, new Outcome(Failure.UNAVAILABLE, 503, "HTTP 503"));
		this.outages.record(6, new Outcome(Failure.UNAVAILABLE, 503, "HTTP 503"));
		this.outages.record(7, Outcome.failed(Failure.TIMEOUT, "no answer in time"));
		assertThat(this.log.lines()).containsExactly(BEGIN);
		this.outages.record(1, Outcome.delivered(200));
		this.outages.record(1, Outcome.delivered(200));
		assertThat(this.log.lines()).containsExactly(BEGIN, "INFO Traces are delivered again; 18 spans were lost");
	}

	@Test
	void saysThatTheNextOutageBegins() {
		this.outages.record(5, new Outcome(Failure.UNAVAILABLE, 503, "HTTP 503"));
		this.outages.record(1, Outcome.delivered(200));
		this.outages.record(5, new Outcome(Failure.UNAVAILABLE, 503, "HTTP 503"));
		assertThat(this.log.lines()).containsExactly(BEGIN, "INFO Traces are delivered again; 5 spans were lost",
				BEGIN);
	}

	@Test
	void saysOnceThatAnOutageBeginsAlsoWhereNothingWasInIt() {
		this.outages.record(0, new Outcome(Failure.UNAVAILABLE, 503, "HTTP 503"));
		this.outages.record(0, new Outcome(Failure.UNAVAILABLE, 503, "HTTP 503"));
		assertThat(this.log.lines()).hasSize(1);
		this.outages.record(0, Outcome.delivered(200));
		assertThat(this.log.lines()).last().isEqualTo("INFO Traces are delivered again; 0 spans were lost");
	}

	@Test
	void saysOnceWhatIsNotConfiguredForAllSignals() {
		Outcome missing = Outcome.failed(Failure.NOT_CONFIGURED, "No AWS region. Set it.");
		this.outages.record(5, missing);
		this.outages.record(5, missing);
		this.quiet.outages(Signal.LOGS).record(5, missing);
		assertThat(this.log.lines()).containsExactly("WARN No AWS region. Set it.");
		this.outages.record(1, Outcome.delivered(200));
		assertThat(this.log.lines()).last().isEqualTo("INFO Traces are delivered again; 10 spans were lost");
	}

	@Test
	void keepsTheOutagesOfSignalsApart() {
		QuietLog.Outages logs = this.quiet.outages(Signal.LOGS);
		QuietLog.Outages metrics = this.quiet.outages(Signal.METRICS);
		logs.record(2, new Outcome(Failure.REJECTED, 400, "HTTP 400"));
		metrics.record(3, new Outcome(Failure.REJECTED, 400, "HTTP 400"));
		this.outages.record(1, Outcome.delivered(200));
		logs.record(1, Outcome.delivered(200));
		assertThat(this.log.lines()).containsExactly(
				"WARN Logs can't be delivered and 2 log records are lost: HTTP 400. "
						+ "What is lost from now on is counted.",
				"WARN Metrics can't be delivered and 3 data points are lost: HTTP 400. "
						+ "What is lost from now on is counted.",
				"INFO Logs are delivered again; 2 log records were lost");
	}

	@Test
	void warnsOnce() {
		this.quiet.warnOnce("one");
		this.quiet.warnOnce("two");
		this.quiet.warnOnce("one");
		assertThat(this.log.lines()).containsExactly("WARN one", "WARN two");
	}

}
