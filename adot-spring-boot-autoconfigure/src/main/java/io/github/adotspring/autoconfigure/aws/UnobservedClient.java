package io.github.adotspring.autoconfigure.aws;

import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

/**
 * Makes a client of the AWS SDK one of the telemetry's own. Every client gets the
 * interceptors that libraries name in files on the class path, and those that make spans
 * or meters would observe the export itself.
 */
public final class UnobservedClient implements SdkPlugin {

	/** The SDK's own interceptors, without which a client does not work. */
	private static final String SDK_PACKAGE = "software.amazon.awssdk.";

	/**
	 * For {@code addPlugin} of a client builder.
	 */
	public UnobservedClient() {
	}

	@Override
	public void configureClient(SdkServiceClientConfiguration.Builder client) {
		ClientOverrideConfiguration configuration = client.overrideConfiguration();
		client.overrideConfiguration(configuration.toBuilder()
			.executionInterceptors(configuration.executionInterceptors()
				.stream()
				.filter((interceptor) -> interceptor.getClass().getName().startsWith(SDK_PACKAGE))
				.toList())
			.build());
	}

}
