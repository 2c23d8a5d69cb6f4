package io.github.adotspring.autoconfigure.actuate;

import java.time.Instant;

import io.github.adotspring.autoconfigure.delivery.SignalReport;
import io.github.adotspring.autoconfigure.spool.SpoolStatus;
import org.jspecify.annotations.Nullable;

/**
 * What waits on disk.
 *
 * @param problem why nothing can be kept, {@code null} without a problem
 * @param entries requests
 * @param bytes their size on disk
 * @param oldest when the oldest was stored, {@code null} if there is none
 */
record SpoolDescriptor(@Nullable String problem, int entries, long bytes, @Nullable Instant oldest) {

	static @Nullable SpoolDescriptor of(SignalReport report) {
		SpoolStatus spool = report.spool();
		return (spool != null)
				? new SpoolDescriptor(report.spoolProblem(), spool.entries(), spool.bytes(), spool.oldest()) : null;
	}

}
