package io.github.adotspring.autoconfigure.delivery;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

import org.jspecify.annotations.Nullable;

/**
 * Reads the first bytes of a response body and leaves the rest on the wire: an answer to
 * telemetry is short, and a long one must not fill the memory of the application.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

	private final int limit;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final CompletableFuture<byte[]> result = new CompletableFuture<>();

	private @Nullable Subscription subscription;

	BoundedBody(int limit) {
		this.limit = limit;
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.result;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		subscription.request(1);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		buffers.forEach(this::append);
		Subscription subscription = this.subscription;
		if (this.bytes.size() < this.limit && subscription != null) {
			subscription.request(1);
			return;
		}
		if (subscription != null) {
			subscription.cancel();
		}
		onComplete();
	}

	private void append(ByteBuffer buffer) {
		byte[] part = new byte[Math.min(buffer.remaining(), this.limit - this.bytes.size())];
		buffer.get(part);
		this.bytes.writeBytes(part);
	}

	@Override
	public void onError(Throwable error) {
		this.result.completeExceptionally(error);
	}

	@Override
	public void onComplete() {
		this.result.complete(this.bytes.toByteArray());
	}

}
