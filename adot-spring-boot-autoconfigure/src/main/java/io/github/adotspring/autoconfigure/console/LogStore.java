package io.github.adotspring.autoconfigure.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the last log records in memory. The oldest goes first.
 */
final class LogStore {

	private final int maxRecords;

	private final Deque<ConsoleRecord> records = new ArrayDeque<>();

	LogStore(int maxRecords) {
		this.maxRecords = maxRecords;
	}

	synchronized void add(List<ConsoleRecord> records) {
		for (ConsoleRecord record : records) {
			if (this.records.size() == this.maxRecords) {
				this.records.removeFirst();
			}
			this.records.addLast(record);
		}
	}

	/**
	 * The records kept, the oldest first.
	 */
	synchronized List<ConsoleRecord> records() {
		return List.copyOf(this.records);
	}

	/**
	 * The records kept of a trace, the oldest first.
	 */
	synchronized List<ConsoleRecord> ofTrace(String traceId) {
		return this.records.stream().filter((record) -> record.traceId().equals(traceId)).toList();
	}

}
