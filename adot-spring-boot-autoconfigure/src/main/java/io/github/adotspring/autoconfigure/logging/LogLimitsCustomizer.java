package io.github.adotspring.autoconfigure.logging;

import java.util.concurrent.atomic.AtomicReference;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.logs.LogRecordProcessor;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Puts the limits before the processors that export log records. Without limits it
 * changes nothing.
 */
final class LogLimitsCustomizer implements AutoConfigurationCustomizerProvider {

	/** After those of the application, so that what is suppressed costs nothing there. */
	private static final int ORDER = 1000;

	private final boolean onlySampled;

	private final LoggingProperties.RateLimit rateLimit;

	private final ObjectProvider<DeliveryStatus> status;

	LogLimitsCustomizer(boolean onlySampled, LoggingProperties.RateLimit rateLimit,
			ObjectProvider<DeliveryStatus> status) {
		this.onlySampled = onlySampled;
		this.rateLimit = rateLimit;
		this.status = status;
	}

	@Override
	public void customize(AutoConfigurationCustomizer customizer) {
		if (this.onlySampled || isRateLimited()) {
			// There is one for each exporter, and one decision for each record.
			AtomicReference<LimitedLogRecordProcessor> first = new AtomicReference<>();
			customizer.addLogRecordProcessorCustomizer((processor, config) -> {
				LimitedLogRecordProcessor limited = first.get();
				if (limited != null) {
					return limited.add(processor);
				}
				limited = limit(processor);
				first.set(limited);
				return limited;
			});
		}
	}

	@Override
	public int order() {
		return ORDER;
	}

	private boolean isRateLimited() {
		return this.rateLimit.perSecond() != null || this.rateLimit.perLogger() != null;
	}

	private LimitedLogRecordProcessor limit(LogRecordProcessor processor) {
		RateGuard guard = isRateLimited()
				? new RateGuard(this.rateLimit.perSecond(), this.rateLimit.perLogger(), System::nanoTime) : null;
		SignalStatus logs = this.status.getObject().of(Signal.LOGS);
		return new LimitedLogRecordProcessor(processor, this.onlySampled, guard, logs::withheld);
	}

}
