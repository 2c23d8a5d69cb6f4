package io.github.adotspring.autoconfigure.actuate;

import java.time.Instant;

import io.github.adotspring.autoconfigure.delivery.SignalReport;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.LastError;
import org.jspecify.annotations.Nullable;

/**
 * A signal: how it is, where it goes, what became of it and what waits. Of a signal that
 * the starter does not deliver there is only where it goes.
 *
 * @param failing whether the destination did not take what was last sent to it
 * @param lastError the last batch that did not arrive as a whole
 * @param lastSuccess when a batch last arrived
 * @param destination where it goes
 * @param items what became of its items
 * @param bytes bytes of the requests that were accepted, as they were sent
 * @param inFlight requests on their way
 * @param queue the queue of the SDK
 * @param spool what waits on disk
 */
record SignalDescriptor(@Nullable Boolean failing, @Nullable LastError lastError, @Nullable Instant lastSuccess,
		DestinationDescriptor destination, @Nullable ItemsDescriptor items, @Nullable Long bytes,
		@Nullable Integer inFlight, @Nullable QueueDescriptor queue, @Nullable SpoolDescriptor spool) {

	static SignalDescriptor of(SignalReport report, boolean delivered) {
		DestinationDescriptor destination = DestinationDescriptor.of(report, delivered);
		if (!delivered) {
			return new SignalDescriptor(null, null, null, destination, null, null, null, null, null);
		}
		SignalStatus status = report.status();
		return new SignalDescriptor(status.isFailing(), status.lastError(), status.lastSuccess(), destination,
				ItemsDescriptor.of(status), status.bytes(), report.inFlight(), QueueDescriptor.of(report),
				SpoolDescriptor.of(report));
	}

}
