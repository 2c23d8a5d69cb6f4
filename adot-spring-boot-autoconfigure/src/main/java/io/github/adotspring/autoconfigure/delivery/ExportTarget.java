package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;

import io.github.adotspring.autoconfigure.ExportTo;
import org.jspecify.annotations.Nullable;

/**
 * Where a signal goes, with {@link ExportTo#AUTO} resolved.
 *
 * @param to the destination, never {@link ExportTo#AUTO}
 * @param origin what decided it, as the start-up report says it
 * @param endpoint the OTLP endpoint and the property that it is from, for
 * {@link ExportTo#COLLECTOR}
 */
public record ExportTarget(ExportTo to, String origin, @Nullable Endpoint endpoint) {

	/**
	 * An OTLP endpoint.
	 *
	 * @param url full URL
	 * @param property property or variable that holds it
	 */
	public record Endpoint(URI url, String property) {

	}

}
