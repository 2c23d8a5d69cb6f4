package io.github.adotspring.autoconfigure.sampling;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The one thread that asks for sampling rules. It never keeps a process alive.
 */
final class SamplingThread {

	/** As for the threads of the delivery, whose records are not exported. */
	private static final String NAME = "adot-sampling";

	private static final long PAUSE_AFTER_ERROR_MILLIS = 60_000;

	private static final Log logger = LogFactory.getLog(SamplingThread.class);

	private final LongSupplier task;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((runnable) -> {
		Thread thread = new Thread(runnable, NAME);
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Start.
	 * @param task does what is due and returns in how many milliseconds to do so again
	 */
	SamplingThread(LongSupplier task) {
		this.task = task;
		this.executor.execute(this::run);
	}

	private void run() {
		long pause = PAUSE_AFTER_ERROR_MILLIS;
		try {
			pause = this.task.getAsLong();
		}
		catch (RuntimeException ex) {
			logger.warn("Sampling rules are not up to date", ex);
		}
		try {
			this.executor.schedule(this::run, Math.max(1, pause), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// It has ended.
		}
	}

	void end() {
		this.executor.shutdownNow();
	}

}
