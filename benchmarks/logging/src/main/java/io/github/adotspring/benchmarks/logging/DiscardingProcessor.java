package io.github.adotspring.benchmarks.logging;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;

/**
 * Takes a record as a queue does, and keeps only the last.
 */
final class DiscardingProcessor implements LogRecordProcessor {

	private ReadWriteLogRecord last;

	private long records;

	@Override
	public void onEmit(Context context, ReadWriteLogRecord record) {
		this.last = record;
		this.records++;
	}

	long records() {
		return this.records;
	}

	@Override
	public String toString() {
		return "DiscardingProcessor, last " + this.last;
	}

}
