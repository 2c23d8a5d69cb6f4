package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

	private final Set<Runnable> whenClosed = ConcurrentHashMap.newKeySet();

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
	 * Run a task after a delay, unless the delivery is closed by then.
	 * @param delay how long to wait
	 * @param task the task
	 */
	public void executeAfter(Duration delay, Runnable task) {
		CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, this.threads).execute(task);
	}

	/**
	 * Have something done when the delivery is closed, or at once if it is closed
	 * already.
	 */
	void whenClosed(Runnable callback) {
		this.whenClosed.add(callback);
		if (this.threads.isShutdown()) {
			callback.run();
		}
	}

	/**
	 * Forget a callback that is no longer needed.
	 */
	void forget(Runnable callback) {
		this.whenClosed.remove(callback);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.whenClosed.forEach(Runnable::run);
		this.whenClosed.clear();
	}

}
