package io.github.adotspring.autoconfigure.delivery;

import java.util.Locale;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.Signal;

/**
 * A destination that the user chose for a signal.
 *
 * @param to the kind of destination
 * @param name its name in properties and reports, such as {@code collector} or
 * {@code amp}
 */
public record ExportChoice(ExportTo to, String name) {

	/**
	 * A destination that any signal can have.
	 * @param to the kind of destination
	 * @return the choice
	 */
	public static ExportChoice of(ExportTo to) {
		return new ExportChoice(to, to.name().toLowerCase(Locale.ROOT));
	}

	/**
	 * A destination of metrics.
	 * @param to the destination
	 * @return the choice
	 */
	public static ExportChoice of(MetricsExportTo to) {
		return new ExportChoice(to.kind(), to.key());
	}

	/**
	 * A destination of a signal by the property for all signals.
	 */
	static ExportChoice of(Signal signal, ExportTo to) {
		return (signal == Signal.METRICS && to == ExportTo.AWS) ? of(MetricsExportTo.CLOUDWATCH) : of(to);
	}

}
