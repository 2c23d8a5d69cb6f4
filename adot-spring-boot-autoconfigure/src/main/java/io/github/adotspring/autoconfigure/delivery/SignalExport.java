package io.github.adotspring.autoconfigure.delivery;

import java.util.List;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A signal that the starter exports by itself, contributed as a bean by the feature
 * behind it.
 *
 * @param signal the signal
 * @param to destinations of the signal's own property, none if it is not set
 * @param property the signal's own property
 * @param dryRun whether everything is made and nothing is sent
 */
public record SignalExport(Signal signal, List<ExportChoice> to, String property, boolean dryRun) {

	/**
	 * A signal with at most one destination of its own.
	 * @param signal the signal
	 * @param to destination of the signal's own property, {@code null} if it is not set
	 * @param property the signal's own property
	 */
	public SignalExport(Signal signal, @Nullable ExportTo to, String property) {
		this(signal, (to != null) ? List.of(ExportChoice.of(to)) : List.of(), property, false);
	}

	/**
	 * The export of metrics.
	 * @param to destinations of the property, none if it is not set
	 * @param property the property
	 * @param dryRun whether everything is made and nothing is sent
	 * @return the export
	 */
	public static SignalExport ofMetrics(List<MetricsExportTo> to, String property, boolean dryRun) {
		return new SignalExport(Signal.METRICS, to.stream().map(ExportChoice::of).distinct().toList(), property,
				dryRun);
	}

}
