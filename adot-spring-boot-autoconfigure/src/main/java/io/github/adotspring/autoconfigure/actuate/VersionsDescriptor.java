package io.github.adotspring.autoconfigure.actuate;

import java.util.Objects;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What runs.
 *
 * @param starter version of the starter, "unknown" where its manifest was lost
 * @param openTelemetrySdk version of the SDK
 */
record VersionsDescriptor(String starter, @Nullable String openTelemetrySdk) {

	static VersionsDescriptor detect() {
		return new VersionsDescriptor(
				Objects.requireNonNullElse(VersionsDescriptor.class.getPackage().getImplementationVersion(), "unknown"),
				Resource.getDefault().getAttribute(AttributeKey.stringKey("telemetry.sdk.version")));
	}

}
