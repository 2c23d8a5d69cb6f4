package io.github.adotspring.autoconfigure.awssdk;

import java.util.function.Supplier;

import io.awspring.cloud.sqs.listener.SqsHeaders;
import io.github.adotspring.autoconfigure.propagation.XrayPropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * The contexts in which messages were sent: those of the configured propagators in
 * message attributes, and X-Ray's in the system attribute.
 */
final class MessageContexts {

	private final Supplier<TextMapPropagator> propagator;

	MessageContexts(Supplier<TextMapPropagator> propagator) {
		this.propagator = propagator;
	}

	/**
	 * The context of a message. Message attributes win, as with upstream, because it is
	 * the application that put them there. X-Ray's header wins within the same trace: it
	 * names the span that sent the message, or a service that passed it on, where message
	 * attributes may name one before.
	 */
	Context of(Message<?> message) {
		Context context = this.propagator.get().extract(Context.root(), message.getHeaders(), HeadersGetter.INSTANCE);
		Object header = message.getHeaders().get(SqsHeaders.MessageSystemAttributes.SQS_AWS_TRACE_HEADER);
		if (header == null) {
			return context;
		}
		Context sent = XrayPropagator.getInstance().extract(context, header.toString());
		SpanContext attributes = Span.fromContext(context).getSpanContext();
		SpanContext xray = Span.fromContext(sent).getSpanContext();
		return (!attributes.isValid() || attributes.getTraceId().equals(xray.getTraceId())) ? sent : context;
	}

	private enum HeadersGetter implements TextMapGetter<MessageHeaders> {

		INSTANCE;

		@Override
		public Iterable<String> keys(MessageHeaders headers) {
			return headers.keySet();
		}

		@Override
		public @Nullable String get(@Nullable MessageHeaders headers, String key) {
			return (headers != null && headers.get(key) instanceof String value) ? value : null;
		}

	}

}
