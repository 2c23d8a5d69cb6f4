package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import io.opentelemetry.api.common.Attributes;

/**
 * One detector, once.
 */
final class DetectorRun implements AutoCloseable {

	private final DetectorName name;

	private final Detector detector;

	private final Duration timeout;

	private final MetadataClient client;

	private final CompletableFuture<Result> result = new CompletableFuture<>();

	private DetectorRun(DetectorName name, Detector detector, Duration timeout) {
		this.name = name;
		this.detector = detector;
		this.timeout = timeout;
		this.client = new MetadataClient(timeout);
	}

	static DetectorRun start(DetectorName name, Detector detector, Duration timeout) {
		DetectorRun run = new DetectorRun(name, detector, timeout);
		String absence = detector.absence();
		if (absence != null) {
			run.result.complete(new Result(DetectorReport.absent(name, absence), Attributes.empty()));
		}
		else {
			Thread thread = new Thread(run::complete, "adot-resource-" + name.key());
			thread.setDaemon(true);
			thread.start();
		}
		return run;
	}

	private void complete() {
		long begin = System.nanoTime();
		try {
			Findings findings = this.detector.detect(this.client);
			this.result.complete(detected(findings, Duration.ofNanos(System.nanoTime() - begin)));
		}
		catch (SocketTimeoutException ex) {
			giveUp(silence());
		}
		catch (IOException | RuntimeException | LinkageError | StackOverflowError ex) {
			Duration duration = Duration.ofNanos(System.nanoTime() - begin);
			this.result
				.complete(new Result(DetectorReport.failed(this.name, reason(ex), duration), Attributes.empty()));
		}
	}

	private Result detected(Findings findings, Duration duration) {
		Attributes attributes = findings.attributes();
		Map<String, Object> byName = new TreeMap<>();
		attributes.forEach((key, value) -> byName.put(key.getKey(), value));
		return new Result(
				new DetectorReport(this.name.key(), Outcome.DETECTED, null, duration, byName, findings.missing()),
				attributes);
	}

	private static String reason(Throwable failure) {
		String message = failure.getMessage();
		return (failure.getClass() == IOException.class && message != null) ? message
				: failure.getClass().getSimpleName() + ((message != null) ? ": " + message : "");
	}

	/**
	 * What was found, waiting for it as long as is left.
	 * @param left how long to wait
	 */
	Attributes await(Duration left) {
		try {
			return this.result.get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS).attributes();
		}
		catch (TimeoutException ex) {
			giveUp(silence());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			giveUp("the start of the application was interrupted");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		return this.result.join().attributes();
	}

	private String silence() {
		return "there was no answer within " + this.timeout.toMillis() + " ms" + this.detector.adviceOnSilence();
	}

	private void giveUp(String reason) {
		this.result
			.complete(new Result(DetectorReport.unfinished(this.name, Outcome.TIMED_OUT, reason), Attributes.empty()));
		this.client.close();
	}

	DetectorReport report() {
		Result result = this.result.getNow(null);
		return (result != null) ? result.report()
				: DetectorReport.unfinished(this.name, Outcome.RUNNING, "nobody has needed it yet");
	}

	@Override
	public void close() {
		this.client.close();
	}

	private record Result(DetectorReport report, Attributes attributes) {

	}

}
