package io.github.adotspring.autoconfigure;

/**
 * Versions of OpenTelemetry that can't work together are on the class path.
 */
final class OpenTelemetryVersionException extends RuntimeException {

	private final String fix;

	OpenTelemetryVersionException(OpenTelemetryVersions versions, String betterSdk) {
		super("OpenTelemetry instrumentation %s and OpenTelemetry SDK %s are on the class path and can't work together."
			.formatted(versions.instrumentation(), versions.sdk()));
		this.fix = "Set the property 'opentelemetry.version' of the build to %s, or import the ".formatted(betterSdk)
				+ "opentelemetry-instrumentation-bom that fits OpenTelemetry SDK " + versions.sdk() + ".";
	}

	String fix() {
		return this.fix;
	}

}
