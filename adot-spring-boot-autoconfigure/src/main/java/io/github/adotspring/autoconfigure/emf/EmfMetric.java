package io.github.adotspring.autoconfigure.emf;

import io.github.adotspring.autoconfigure.otlp.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a document.
 *
 * @param name its name
 * @param unit its unit, {@code null} for none
 * @param dimensions its sets of dimensions as JSON
 * @param value its value as JSON
 */
record EmfMetric(String name, @Nullable String unit, String dimensions, String value) {

	/** What CloudWatch does where nothing is said. */
	private static final int MINUTE = 60;

	/**
	 * How a directive names it.
	 */
	String definition(int storageResolution) {
		return "{\"Name\":" + JsonText.quote(this.name)
				+ ((this.unit != null) ? ",\"Unit\":" + JsonText.quote(this.unit) : "")
				+ ((storageResolution != MINUTE) ? ",\"StorageResolution\":" + storageResolution : "") + "}";
	}

}
