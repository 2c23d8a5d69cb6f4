package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.delivery.SignalReport;
import org.jspecify.annotations.Nullable;

/**
 * The queue of the SDK.
 *
 * @param size items that wait
 * @param capacity items that there is room for, {@code null} if the SDK does not tell
 */
record QueueDescriptor(long size, @Nullable Long capacity) {

	/**
	 * The queue, {@code null} if there is none or nothing was in it yet.
	 */
	static @Nullable QueueDescriptor of(SignalReport report) {
		if (report.queueSize() == 0 && report.queueCapacity() == 0) {
			return null;
		}
		return new QueueDescriptor(report.queueSize(), (report.queueCapacity() > 0) ? report.queueCapacity() : null);
	}

}
