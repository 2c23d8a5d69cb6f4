package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;

import io.github.adotspring.autoconfigure.ExportTo;
import org.jspecify.annotations.Nullable;

/**
 * Where a signal goes, with {@link ExportTo#AUTO} resolved.
 *
 * @param choice the destination, never {@link ExportTo#AUTO}
 * @param origin what decided it, as the start-up report says it
 * @param endpoint the OTLP endpoint and the property that it is from, for
 * {@link ExportTo#COLLECTOR}
 */
public record ExportTarget(ExportChoice choice, String origin, @Nullable Endpoint endpoint) {

	/**
	 * The kind of destination.
	 * @return the kind, never {@link ExportTo#AUTO}
	 */
	public ExportTo to() {
		return this.choice.to();
	}

	/**
	 * The name of the destination in properties and reports.
	 * @return the name, such as {@code collector} or {@code amp}
	 */
	public String name() {
		return this.choice.name();
	}

	/**
	 * An OTLP endpoint.
	 *
	 * @param url full URL
	 * @param property property or variable that holds it
	 */
	public record Endpoint(URI url, String property) {

	}

}
