package io.github.adotspring.autoconfigure.awssdk;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.instrumenter.SpanKindExtractor;

/**
 * Spans of the listeners of Spring Cloud AWS. That of a single message is a child of the
 * span that sent it; that of a batch is linked with all that sent its messages.
 */
final class ListenerTelemetry {

	private static final String SCOPE = "io.github.adotspring.spring-cloud-aws-sqs";

	private final Instrumenter<ReceivedMessages, Void> instrumenter;

	private final MessageContexts contexts;

	ListenerTelemetry(OpenTelemetry openTelemetry) {
		this.contexts = new MessageContexts(() -> openTelemetry.getPropagators().getTextMapPropagator());
		this.instrumenter = Instrumenter
			.<ReceivedMessages, Void>builder(openTelemetry, SCOPE,
					(messages) -> ((messages.queue() != null) ? messages.queue() : "unknown") + " process")
			.addAttributesExtractor(new ReceivedMessagesAttributes())
			.addSpanLinksExtractor((links, parent, messages) -> {
				if (messages.batch()) {
					messages.messages()
						.forEach((message) -> links
							.addLink(Span.fromContext(this.contexts.of(message)).getSpanContext()));
				}
			})
			.setErrorCauseExtractor(ListenerErrors::causeOf)
			.buildInstrumenter(SpanKindExtractor.alwaysConsumer());
	}

	/**
	 * Process messages in a span.
	 * @param messages what is processed
	 * @param processing begins it, and ends with the future that it returns
	 * @return the same future
	 */
	CompletableFuture<Void> process(ReceivedMessages messages, Supplier<CompletableFuture<Void>> processing) {
		Context parent = messages.batch() ? Context.root() : this.contexts.of(messages.messages().get(0));
		if (!this.instrumenter.shouldStart(parent, messages)) {
			return processing.get();
		}
		Context context = this.instrumenter.start(parent, messages);
		try {
			return context.wrapSupplier(processing)
				.get()
				.whenComplete((result, failure) -> this.instrumenter.end(context, messages, null, failure));
		}
		catch (RuntimeException | Error ex) {
			this.instrumenter.end(context, messages, null, ex);
			throw ex;
		}
	}

}
