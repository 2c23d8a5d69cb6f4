package io.github.adotspring.autoconfigure.awssdk;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces that go through queues, topics, event buses and functions.
 *
 * @param enabled whether messages carry the trace, and what processes them continues it
 * @param messageAttributes whether messages to SQS and SNS carry the context as message
 * attributes too, in the format of otel.propagators, for consumers that don't know
 * X-Ray's header; at most ten attributes of a message are used. By default as
 * otel.instrumentation.aws-sdk.experimental-use-propagator-for-messaging says, else false
 * @param receiveSpans whether receiving messages from SQS makes a span of its own, which
 * is the parent of those of their processing in loops over messages. By default as
 * otel.instrumentation.messaging.experimental.receive-telemetry.enabled says, else false
 * @param emptyReceives whether a receive that got no message is exported
 * @param acknowledgements whether deleting messages outside of any trace makes a span,
 * which then is a trace of its own
 */
@ConfigurationProperties(MessagingProperties.PREFIX)
record MessagingProperties(@DefaultValue("true") boolean enabled, @Nullable Boolean messageAttributes,
		@Nullable Boolean receiveSpans, @DefaultValue("false") boolean emptyReceives,
		@DefaultValue("false") boolean acknowledgements) {

	static final String PREFIX = AwsSdkProperties.PREFIX + ".messaging";

}
