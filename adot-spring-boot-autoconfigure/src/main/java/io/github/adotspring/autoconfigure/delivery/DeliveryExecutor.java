package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The threads that sign and retry, apart from those of the application. They are few, are
 * not there before the first batch, and end when there is nothing to do. What waits here
 * is bounded by the batches in flight. Not an {@code Executor}, because Spring Boot makes
 * none for an application that has one.
 */
public final class DeliveryExecutor implements AutoCloseable {

	private static final int THREADS = 4;

	private static final Duration IDLE = Duration.ofSeconds(30);

	private final ThreadPoolExecutor threads;

	private final Set<Runnable> whenClosed = ConcurrentHashMap.newKeySet();

	private volatile boolean ended;

	/** Whom a delayed end is for, so that one from before a resume does nothing. */
	private volatile @Nullable Object lease;

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
	 * @throws RejectedExecutionException if the delivery has ended
	 */
	public void execute(Runnable task) {
		if (this.ended) {
			throw new RejectedExecutionException("The delivery has ended");
		}
		this.threads.execute(task);
	}

	/**
	 * Run what must not be left out: on a thread of the delivery, or on this one if the
	 * delivery has ended.
	 */
	void executeAnyway(Runnable task) {
		try {
			execute(task);
		}
		catch (RejectedExecutionException ex) {
			task.run();
		}
	}

	/**
	 * Run a task after a delay, unless the delivery is closed by then.
	 * @param delay how long to wait
	 * @param task the task
	 */
	public void executeAfter(Duration delay, Runnable task) {
		CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, this.threads).execute(task);
	}

	/**
	 * Have something done when the delivery ends, or at once if it has ended.
	 * @param callback what to do, quickly; it can be called more than once
	 */
	public void whenClosed(Runnable callback) {
		this.whenClosed.add(callback);
		if (this.ended) {
			callback.run();
		}
	}

	/**
	 * Forget a callback that is no longer needed.
	 * @param callback the callback
	 */
	public void forget(Runnable callback) {
		this.whenClosed.remove(callback);
	}

	/**
	 * Take nothing more and give up what is on its way, after some time.
	 */
	void endAfter(Duration delay) {
		Object lease = new Object();
		this.lease = lease;
		CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run).execute(() -> {
			if (this.lease == lease) {
				end();
			}
		});
	}

	/**
	 * Give up what is on its way, and take what comes next.
	 */
	void giveUp() {
		this.whenClosed.forEach(Runnable::run);
	}

	private void end() {
		this.ended = true;
		giveUp();
		this.whenClosed.clear();
	}

	/**
	 * Take tasks again, as after a restore from a checkpoint.
	 */
	void resume() {
		this.lease = null;
		this.ended = false;
	}

	@Override
	public void close() {
		end();
		this.threads.shutdownNow();
	}

}
