package io.github.adotspring.autoconfigure.delivery;

import java.util.concurrent.CompletableFuture;

/**
 * Takes metrics that do not come from the SDK to wherever metrics go.
 */
public interface MetricsDelivery {

	/**
	 * Deliver a message to every destination of metrics. Does not wait for any of them.
	 * @param message an {@code ExportMetricsServiceRequest} in protobuf, not compressed,
	 * not to be changed any more
	 * @return the worst of what became of it; never completed exceptionally
	 */
	CompletableFuture<Outcome> deliver(byte[] message);

	/**
	 * Whether metrics go anywhere.
	 * @return {@code false} if nothing becomes of them
	 */
	boolean isDelivered();

}
