package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A signal that the starter exports by itself, contributed as a bean by the feature
 * behind it.
 *
 * @param signal the signal
 * @param to destination of the signal's own property, {@code null} if it is not set
 * @param property the signal's own property
 */
public record SignalExport(Signal signal, @Nullable ExportTo to, String property) {

}
