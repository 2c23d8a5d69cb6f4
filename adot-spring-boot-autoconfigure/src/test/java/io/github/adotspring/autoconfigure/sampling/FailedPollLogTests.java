package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Logger;
import io.github.adotspring.autoconfigure.testing.LoggedEvents;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the log has of polls that a server refuses: the answer, its reading and
 * the line are those of an application, only the time is not.
 */
@Timeout(60)
class FailedPollLogTests {

	private static final String DENIED = """
			{"__type": "AccessDeniedException", "message": "User: arn:aws:sts::123456789012:assumed-role/shop/i-1 is \
			not authorized to perform: xray:GetSamplingRules"}""";

	private final ManualClock clock = new ManualClock();

	private final SamplingServer server = SamplingServer.proxy(this.clock);

	private final SamplingPoller poller = poller();

	private final LoggedEvents log = new LoggedEvents();

	private final Logger logger = (Logger) LoggerFactory.getLogger(CentralSampling.class);

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void close() {
		this.logger.detachAppender(this.log);
		this.server.close();
	}

	@Test
	void pollsThatAreRefusedAreOneWarningWithTheReasonAndOneLineOnceTheyWork() {
		int refusals = 6;
		for (int i = 0; i < refusals; i++) {
			this.server.answer(403, DENIED);
		}
		for (int i = 1; i <= refusals; i++) {
			this.poller.runDue();
			this.clock.pass(Duration.between(this.clock.instant(), this.poller.rulesFigures().next()));
			assertThat(this.poller.rulesFigures().failures()).isEqualTo(i);
			assertThat(lines()).containsExactly("WARN X-Ray's sampling rules can't be had: GetSamplingRules at "
					+ "127.0.0.1:" + this.server.url().getPort() + " answered 403: AccessDeniedException: User: "
					+ "arn:aws:sts::123456789012:assumed-role/shop/i-1 is not authorized to perform: "
					+ "xray:GetSamplingRules; the permission 'xray:GetSamplingRules' is missing. "
					+ "This is tried again, and said once");
		}
		this.poller.runDue();
		assertThat(lines()).hasSize(2).endsWith("INFO X-Ray's sampling rules are there again");
		assertThat(this.server.requests()).hasSize(refusals + 1);
	}

	private List<String> lines() {
		return this.log.events().stream().map((event) -> event.getLevel() + " " + event.getFormattedMessage()).toList();
	}

	private SamplingPoller poller() {
		Duration timeout = Duration.ofSeconds(20);
		SamplingApi api = new HttpSamplingApi(SamplingRequests.unsigned(this.server.url()),
				new SamplingConnection(timeout, timeout), (warning) -> {
					throw new AssertionError(warning);
				});
		XraySampler sampler = new XraySampler(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE, this.clock, () -> 0.5);
		return new SamplingPoller(api, sampler, "0123456789abcdef01234567", this.clock, () -> 0.5,
				LogFactory.getLog(CentralSampling.class));
	}

}
