package io.github.adotspring.benchmarks.soak;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.adotspring.benchmarks.soak.Load.Phase;

/**
 * What a run has shown.
 *
 * @param spool whether it had a spool
 * @param killed the spans of the process that was killed
 * @param killedNumbers its own numbers just before
 * @param ended the spans of the process that was ended in order
 * @param endedNumbers its own numbers after its end
 * @param duplicates spans that arrived once more
 * @param unknown spans that arrived and were never made
 * @param extremes the extremes of all numbers
 * @param marks sizes of the application
 * @param load the requests
 */
record Findings(boolean spool, Fate killed, NumbersRead killedNumbers, Fate ended, NumbersRead endedNumbers,
		long duplicates, long unknown, Extremes extremes, List<Mark> marks, Load load) {

	/**
	 * The rows of the report, by their first column.
	 */
	Map<String, String> rows() {
		Map<String, String> rows = new LinkedHashMap<>();
		fate(rows, "killed", this.killed, this.killedNumbers);
		rows.put("killed: in its memory just before, queue and on the way",
				"%d + %d".formatted(this.killedNumbers.get("queue"), this.killedNumbers.onTheirWay()));
		rows.put("killed: age of the oldest lost span", this.killed.oldestLostMillis() + " ms");
		fate(rows, "ended", this.ended, this.endedNumbers);
		rows.put("ended: received + recovered by the pipeline",
				"%d + %d".formatted(this.endedNumbers.get("received"), this.endedNumbers.get("recovered")));
		rows.put("ended: exported + rejected + failed + dropped + spooled",
				"%d + %d + %d + %d + %d".formatted(this.endedNumbers.get("exported"), this.endedNumbers.get("rejected"),
						this.endedNumbers.get("failed"), this.endedNumbers.get("dropped"),
						this.endedNumbers.get("spooled")));
		rows.put("delivered more than once", Long.toString(this.duplicates));
		rows.put("most spans in the SDK's queue", Long.toString(this.extremes.mostQueued()));
		rows.put("most spans on their way", Long.toString(this.extremes.mostOnTheirWay()));
		rows.put("most spans in the spool",
				"%d, %.1f MB".formatted(this.extremes.mostSpooled(), this.extremes.mostSpoolBytes() / 1_000_000.0));
		for (Phase phase : Phase.values()) {
			if (phase != Phase.UNMEASURED) {
				rows.put("latency " + phase.name().toLowerCase(Locale.ROOT) + ": requests, p50, p99, p99.9",
						latencies(this.load.latencies(phase)));
			}
		}
		for (Mark mark : this.marks) {
			rows.put("process %d, %s: heap, threads".formatted(mark.process(), mark.when()),
					"%.1f MB, %d".formatted(mark.heap() / 1_000_000.0, mark.threads()));
		}
		return rows;
	}

	private static void fate(Map<String, String> rows, String process, Fate fate, NumbersRead numbers) {
		rows.put(process + ": spans made, delivered, lost",
				"%d, %d, %d".formatted(fate.made(), fate.delivered(), fate.lost()));
		rows.put(process + ": counted as lost", "%d %s".formatted(numbers.countedAsLost(), numbers.reasons()).strip());
	}

	private static String latencies(Latencies latencies) {
		return "%d, %s, %s, %s".formatted(latencies.count(), millis(latencies.percentile(50)),
				millis(latencies.percentile(99)), millis(latencies.percentile(99.9)));
	}

	private static String millis(Duration duration) {
		return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / 1_000_000.0);
	}

}
