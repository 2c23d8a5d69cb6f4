package io.github.adotspring.benchmarks.soak;

import java.nio.IntBuffer;
import java.util.BitSet;

/**
 * What became of the spans of one process of the application, told from outside.
 *
 * @param made spans that ended
 * @param delivered those of them that the collector has
 * @param lost those of them that it has not
 * @param oldestLostMillis the longest time from the end of a lost span to the end of the
 * process, zero if none was lost
 */
record Fate(int made, int delivered, int lost, int oldestLostMillis) {

	static Fate of(IntBuffer ends, int from, int to, BitSet delivered, int processEnd) {
		int made = 0;
		int lost = 0;
		int oldestLost = 0;
		for (int number = from; number < to; number++) {
			if (ends.get(number) == 0) {
				continue;
			}
			made++;
			if (!delivered.get(number)) {
				lost++;
				oldestLost = Math.max(oldestLost, processEnd - ends.get(number));
			}
		}
		return new Fate(made, made - lost, lost, oldestLost);
	}

}
