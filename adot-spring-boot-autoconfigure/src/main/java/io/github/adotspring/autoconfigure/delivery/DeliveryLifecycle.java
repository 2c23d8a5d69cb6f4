package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Delivers what is buffered when the application context stops, after everything else has
 * stopped: on its close, and before a checkpoint of the process (CRaC, AWS Lambda
 * SnapStart), after which delivery is resumed.
 *
 * @see <a href=
 * "https://docs.spring.io/spring-framework/reference/integration/checkpoint-restore.html">JVM
 * Checkpoint Restore</a>
 */
final class DeliveryLifecycle implements SmartLifecycle {

	private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final ObjectProvider<OpenTelemetry> openTelemetry;

	private final Deliveries deliveries;

	private final DeliveryExecutor executor;

	private final Duration timeout;

	private volatile boolean running;

	DeliveryLifecycle(ObjectProvider<OpenTelemetry> openTelemetry, Deliveries deliveries, DeliveryExecutor executor,
			Duration timeout) {
		this.openTelemetry = openTelemetry;
		this.deliveries = deliveries;
		this.executor = executor;
		this.timeout = timeout;
	}

	/**
	 * The last to stop, since what stops may still make telemetry.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public void start() {
		this.executor.resume();
		this.deliveries.resume();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		long deadline = System.nanoTime() + this.timeout.toNanos();
		this.executor.endAfter(this.timeout);
		if (this.openTelemetry.getIfAvailable() instanceof OpenTelemetrySdk sdk) {
			flush(sdk, deadline);
			// A flush that is asked for while another one ends can be taken for that one.
			LockSupport.parkNanos(MOMENT_NANOS);
			flush(sdk, deadline);
		}
		awaitDeliveries(deadline);
		this.deliveries.end();
		awaitDeliveries(deadline);
		this.executor.giveUp();
		this.deliveries.release();
	}

	private void awaitDeliveries(long deadline) {
		while (this.deliveries.isWaitedFor() && System.nanoTime() - deadline < 0) {
			LockSupport.parkNanos(MOMENT_NANOS);
		}
	}

	private static void flush(OpenTelemetrySdk sdk, long deadline) {
		CompletableResultCode
			.ofAll(List.of(sdk.getSdkTracerProvider().forceFlush(), sdk.getSdkMeterProvider().forceFlush(),
					sdk.getSdkLoggerProvider().forceFlush()))
			.join(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
