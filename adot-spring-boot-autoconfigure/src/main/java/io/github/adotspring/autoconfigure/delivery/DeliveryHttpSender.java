package io.github.adotspring.autoconfigure.delivery;

import java.util.function.Consumer;

import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * Hands the messages of an upstream OTLP exporter to the pipeline.
 */
final class DeliveryHttpSender implements HttpSender {

	private final Signal signal;

	private final Delivery delivery;

	private final @Nullable Compressor compressor;

	DeliveryHttpSender(Signal signal, Delivery delivery, @Nullable Compressor compressor) {
		this.signal = signal;
		this.delivery = delivery;
		this.compressor = compressor;
	}

	@Override
	public void send(MessageWriter writer, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		Payload payload;
		try {
			payload = Payload.marshal(this.signal, writer, this.compressor);
		}
		catch (RuntimeException ex) {
			onError.accept(ex);
			return;
		}
		this.delivery.deliver(payload).whenComplete((outcome, error) -> {
			if (error != null) {
				onError.accept(error);
			}
			else if (outcome.isDelivered() || outcome.status() != 0) {
				onResponse.accept(new Response(outcome));
			}
			else {
				onError.accept(new UndeliveredException(outcome.message()));
			}
		});
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
			return this.outcome.isDelivered() ? 200 : this.outcome.status();
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
