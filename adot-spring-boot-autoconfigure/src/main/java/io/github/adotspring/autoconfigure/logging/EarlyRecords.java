package io.github.adotspring.autoconfigure.logging;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts the records that are logged before there is an SDK. Upstream's appender keeps as
 * many as it is told, and would say of the others that one of its own properties is too
 * small.
 */
final class EarlyRecords {

	private static final Log logger = LogFactory.getLog("io.github.adotspring");

	private final int most;

	private final AtomicInteger count = new AtomicInteger();

	private volatile boolean over;

	EarlyRecords(int most) {
		this.most = most;
	}

	/**
	 * Whether a record can be kept, or needs not to be.
	 */
	boolean accept() {
		return this.over || this.count.incrementAndGet() <= this.most;
	}

	/**
	 * There is an SDK.
	 */
	void end() {
		if (this.over) {
			return;
		}
		this.over = true;
		int lost = this.count.get() - this.most;
		if (lost > 0) {
			logger.warn(lost + " log records from before the OpenTelemetry SDK existed are not exported, because '"
					+ Capture.PREFIX + ".buffer-size' is " + this.most + ".");
		}
	}

}
