package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few daemon threads on which the pipeline does what may block: finding region and
 * credentials, and signing. They start with the first task and end when idle. What waits
 * is bounded by the batches in flight.
 */
public final class DeliveryExecutor implements Executor, AutoCloseable {

	private static final int THREADS = 4;

	private static final Duration IDLE = Duration.ofSeconds(30);

	private final ThreadPoolExecutor threads;

	DeliveryExecutor() {
		AtomicInteger number = new AtomicInteger();
		this.threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE.toSeconds(), TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "adot-delivery-" + number.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Run a task on a thread of the delivery.
	 * @param task the task
	 * @throws RejectedExecutionException if the delivery is closed
	 */
	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

	/**
	 * Run a task after a delay, or at once say that it can't run any more.
	 * @param delay how long to wait
	 * @param task the task
	 * @param closed what to do instead once the delivery is closed
	 */
	void executeAfter(Duration delay, Runnable task, Runnable closed) {
		CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run).execute(() -> {
			try {
				this.threads.execute(task);
			}
			catch (RejectedExecutionException ex) {
				closed.run();
			}
		});
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
