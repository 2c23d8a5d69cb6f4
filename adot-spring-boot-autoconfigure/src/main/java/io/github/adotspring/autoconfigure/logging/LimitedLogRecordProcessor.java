package io.github.adotspring.autoconfigure.logging;

import java.util.function.Consumer;

import io.github.adotspring.autoconfigure.delivery.Withheld;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the log records that are to be exported, and tells of the others: in the
 * status, and in the next record of the same logger.
 */
final class LimitedLogRecordProcessor implements LogRecordProcessor {

	/** How many records of the logger were suppressed just before this one. */
	static final AttributeKey<Long> SUPPRESSED = AttributeKey.longKey("adot.log.suppressed");

	private volatile LogRecordProcessor delegate;

	private final boolean onlySampled;

	private final @Nullable RateGuard guard;

	private final Consumer<Withheld> status;

	/**
	 * Create a new instance.
	 * @param delegate exports
	 * @param onlySampled whether records of traces that are not sampled are withheld
	 * @param guard limits the others, {@code null} for no limit
	 * @param status told of each record that is withheld
	 */
	LimitedLogRecordProcessor(LogRecordProcessor delegate, boolean onlySampled, @Nullable RateGuard guard,
			Consumer<Withheld> status) {
		this.delegate = delegate;
		this.onlySampled = onlySampled;
		this.guard = guard;
		this.status = status;
	}

	/**
	 * Hand on to another processor too, on one decision for both.
	 * @return what stands for it where it would have been
	 */
	LogRecordProcessor add(LogRecordProcessor another) {
		this.delegate = LogRecordProcessor.composite(this.delegate, another);
		return LogRecordProcessor.composite();
	}

	@Override
	public void onEmit(Context context, ReadWriteLogRecord record) {
		if (this.onlySampled && isUnsampled(record.getSpanContext())) {
			this.status.accept(Withheld.NOT_SAMPLED);
			return;
		}
		long suppressed = (this.guard != null)
				? this.guard.admit(record.getInstrumentationScopeInfo().getName(), record.getSeverity()) : 0;
		if (suppressed == RateGuard.SUPPRESSED) {
			this.status.accept(Withheld.RATE_LIMITED);
			return;
		}
		if (suppressed > 0) {
			record.setAttribute(SUPPRESSED, suppressed);
		}
		this.delegate.onEmit(context, record);
	}

	private static boolean isUnsampled(SpanContext span) {
		return span.isValid() && !span.isSampled();
	}

	@Override
	public CompletableResultCode forceFlush() {
		return this.delegate.forceFlush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.delegate.shutdown();
	}

}
