package io.github.adotspring.autoconfigure.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;

/**
 * Hands the messages of an upstream OTLP exporter to the pipeline.
 */
final class DeliveryHttpSender implements HttpSender {

	private final FanOut deliveries;

	DeliveryHttpSender(FanOut deliveries) {
		this.deliveries = deliveries;
	}

	@Override
	public void send(MessageWriter writer, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		CompletableFuture<Outcome> delivered;
		try {
			delivered = this.deliveries.deliver(marshal(writer));
		}
		catch (RuntimeException ex) {
			onError.accept(ex);
			return;
		}
		delivered.whenComplete((outcome, error) -> {
			if (error != null) {
				onError.accept(error);
			}
			else if (outcome.isTaken() || outcome.status() != 0) {
				onResponse.accept(new Response(outcome));
			}
			else {
				onError.accept(new UndeliveredException(outcome.message()));
			}
		});
	}

	private static byte[] marshal(MessageWriter writer) {
		ByteArrayOutputStream message = new ByteArrayOutputStream(Math.max(writer.getContentLength(), 32));
		try {
			writer.writeMessage(message);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The OTLP message could not be marshalled", ex);
		}
		return message.toByteArray();
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

	/**
	 * The outcome as the exporter knows it.
	 *
	 * @param outcome what became of the payload
	 */
	private record Response(Outcome outcome) implements HttpResponse {

		private static final byte[] EMPTY = new byte[0];

		@Override
		public int getStatusCode() {
			return this.outcome.isTaken() ? 200 : this.outcome.status();
		}

		@Override
		public String getStatusMessage() {
			return this.outcome.message();
		}

		@Override
		public byte[] getResponseBody() {
			return EMPTY;
		}

	}

	/**
	 * A batch that got no answer, without a stack trace since the reason is all there is
	 * to know.
	 */
	private static final class UndeliveredException extends RuntimeException {

		UndeliveredException(String message) {
			super(message, null, false, false);
		}

	}

}
