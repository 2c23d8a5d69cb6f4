package io.github.adotspring.autoconfigure.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.otlp.PartialSuccess;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.spool.SpoolLoss;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Reasons}: nothing is counted under a reason that has no meter.
 */
final class ReasonsTests {

	@ParameterizedTest
	@EnumSource
	void haveEveryFailure(Failure failure) {
		assertThat(failure.result().reasons()).contains(failure.key());
	}

	@ParameterizedTest
	@EnumSource(names = "NO_VALUE", mode = EnumSource.Mode.EXCLUDE)
	void haveEveryLimitOfADestination(Split.Reason reason) {
		assertThat(Result.DROPPED.reasons()).contains(reason.key());
	}

	@ParameterizedTest
	@EnumSource
	void haveEveryLossOfTheSpool(SpoolLoss loss) {
		assertThat(Result.DROPPED.reasons()).contains(loss.key());
	}

	@Test
	void haveWhatIsRefusedOfAnAcceptedRequest() {
		String message = "{\"tooOldLogEventCount\":1,\"tooNewLogEventCount\":1,\"expiredLogEventCount\":1}";
		PartialSuccess partial = PartialSuccess
			.read(("{\"partialSuccess\":{\"rejectedLogRecords\":\"4\",\"errorMessage\":\"%s\"}}"
				.formatted(message.replace("\"", "\\\""))).getBytes(StandardCharsets.UTF_8), "application/json");
		assertThat(partial.reasons()).hasSize(4);
		assertThat(Result.REJECTED.reasons()).containsAll(partial.reasons().keySet());
	}

	@Test
	void areThoseThatItemsAreCountedUnder() {
		SignalStatus status = new SignalStatus(new ManualClock(Instant.EPOCH));
		status.queuedBy(() -> 5);
		status.count(Result.DROPPED, "too_old", 2);
		status.count(Result.EXPORTED, SignalStatus.DELIVERED, 3);
		for (Result result : Result.values()) {
			assertThat(result.reasons()).containsAll(status.byReason(result).keySet());
			assertThat(result.reasons().stream().mapToLong((reason) -> status.items(result, reason)).sum())
				.isEqualTo(status.byReason(result).values().stream().mapToLong(Long::longValue).sum());
		}
		assertThat(status.items(Result.DROPPED, "queue_full")).isEqualTo(5);
		assertThat(status.items(Result.DROPPED, "too_old")).isEqualTo(2);
	}

}
