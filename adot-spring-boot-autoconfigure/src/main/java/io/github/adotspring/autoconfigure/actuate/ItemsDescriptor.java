package io.github.adotspring.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import org.jspecify.annotations.Nullable;

/**
 * What became of the items of a signal since the application started.
 *
 * @param received items that the SDK handed over or had no room for
 * @param recovered items that an earlier run left on disk
 * @param exported items that arrived
 * @param rejected items that the destination refused
 * @param failed items that were sent and did not arrive
 * @param dropped items that were given up without being sent
 * @param spooled items that wait on disk
 * @param shortened items that were cut to what the destination takes of one, {@code null}
 * if none were
 * @param reasons numbers of lost items by result and reason, {@code null} if none were
 * lost
 */
record ItemsDescriptor(long received, long recovered, long exported, long rejected, long failed, long dropped,
		long spooled, @Nullable Long shortened, @Nullable Map<String, Map<String, Long>> reasons) {

	static ItemsDescriptor of(SignalStatus status) {
		Map<String, Map<String, Long>> reasons = new LinkedHashMap<>();
		for (Result result : List.of(Result.REJECTED, Result.FAILED, Result.DROPPED)) {
			Map<String, Long> byReason = status.byReason(result);
			if (!byReason.isEmpty()) {
				reasons.put(result.key(), byReason);
			}
		}
		return new ItemsDescriptor(status.received(), status.recovered(), status.exported(), status.rejected(),
				status.failed(), status.dropped(), status.spooled(),
				(status.shortened() > 0) ? status.shortened() : null, reasons.isEmpty() ? null : reasons);
	}

}
