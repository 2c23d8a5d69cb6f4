package io.github.adotspring.autoconfigure.delivery;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.otlp.PartialSuccess;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.spool.SpoolLoss;

/**
 * Every reason that items are counted under, from those who count.
 */
final class Reasons {

	private Reasons() {
	}

	static Set<String> of(Result result) {
		Set<String> reasons = new TreeSet<>();
		Arrays.stream(Failure.values())
			.filter((failure) -> failure.result() == result)
			.forEach((failure) -> reasons.add(failure.key()));
		switch (result) {
			case EXPORTED -> reasons.add(SignalStatus.DELIVERED);
			case REJECTED -> reasons.addAll(PartialSuccess.allReasons());
			case FAILED -> {
				// Nothing but failures.
			}
			case DROPPED -> {
				reasons.add(SignalStatus.QUEUE_FULL);
				Arrays.stream(Split.Reason.values())
					.filter((reason) -> reason != Split.Reason.NO_VALUE)
					.forEach((reason) -> reasons.add(reason.key()));
				Arrays.stream(Withheld.values()).forEach((withheld) -> reasons.add(withheld.key()));
				Arrays.stream(SpoolLoss.values()).forEach((loss) -> reasons.add(loss.key()));
			}
		}
		return reasons;
	}

}
