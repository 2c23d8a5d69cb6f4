package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.awssdk.v2_2.AwsSdkTelemetry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Makes upstream's instrumentation of AWS SDK clients, by our properties and by those
 * that upstream gives to its users.
 *
 * @see <a href=
 * "https://github.com/open-telemetry/opentelemetry-java-instrumentation/tree/main/instrumentation/aws-sdk">Settings
 * for the AWS SDK instrumentation</a>
 */
final class UpstreamTelemetry {

	private final AwsSdkProperties properties;

	private final MessagingProperties messaging;

	private final Environment environment;

	UpstreamTelemetry(AwsSdkProperties properties, MessagingProperties messaging, Environment environment) {
		this.properties = properties;
		this.messaging = messaging;
		this.environment = environment;
	}

	AwsSdkTelemetry create(OpenTelemetry openTelemetry) {
		return AwsSdkTelemetry.builder(openTelemetry)
			.setCaptureExperimentalSpanAttributes(
					isOn("otel.instrumentation.aws-sdk.experimental-span-attributes", true))
			.setRecordIndividualHttpError(this.properties.individualHttpErrors())
			.setUseConfiguredPropagatorForMessaging(usesMessageAttributes())
			.setMessagingReceiveTelemetryEnabled(isOn(this.messaging.receiveSpans(),
					"otel.instrumentation.messaging.experimental.receive-telemetry.enabled"))
			.setCapturedHeaders(Binder.get(this.environment)
				.bind("otel.instrumentation.messaging.experimental.capture-headers", Bindable.listOf(String.class))
				.orElseGet(List::of))
			.setGenaiCaptureMessageContent(isOn("otel.instrumentation.genai.capture-message-content", false))
			.build();
	}

	boolean usesMessageAttributes() {
		return isOn(this.messaging.messageAttributes(),
				"otel.instrumentation.aws-sdk.experimental-use-propagator-for-messaging");
	}

	private boolean isOn(@Nullable Boolean ours, String upstreams) {
		return (ours != null) ? ours : isOn(upstreams, false);
	}

	private boolean isOn(String property, boolean byDefault) {
		return this.environment.getProperty(property, Boolean.class, byDefault);
	}

}
