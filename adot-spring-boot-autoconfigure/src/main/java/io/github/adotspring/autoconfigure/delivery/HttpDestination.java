package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.RequestFactory.Attempt;
import io.opentelemetry.sdk.common.export.Compressor;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP endpoint. A payload is sent until it arrives, is refused for good, or the
 * attempts or the time are used up; each attempt has a request, and so a signature, of
 * its own. A server that asks to wait is left alone by all payloads.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP
 * responses</a>
 */
final class HttpDestination implements Destination {

	private final HttpFormat format;

	private final RequestFactory requests;

	private final HttpTransport transport;

	private final DeliveryExecutor executor;

	private final ExchangeLimits limits;

	private final Clock clock;

	private final Semaphore places;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Pause pause = new Pause();

	private volatile @Nullable URI lastUrl;

	HttpDestination(HttpFormat format, RequestFactory requests, HttpTransport transport, DeliveryExecutor executor,
			ExchangeLimits limits, Clock clock) {
		this.format = format;
		this.requests = requests;
		this.transport = transport;
		this.executor = executor;
		this.limits = limits;
		this.clock = clock;
		this.places = new Semaphore(limits.maxInFlight());
	}

	@Override
	public CompletableFuture<Outcome> deliver(Payload payload) {
		return deliver(payload, System.nanoTime() + this.limits.timeout().toNanos());
	}

	/**
	 * Deliver a payload before a point of {@link System#nanoTime()}.
	 */
	CompletableFuture<Outcome> deliver(Payload payload, long deadline) {
		if (!this.places.tryAcquire()) {
			return CompletableFuture.completedFuture(Outcome.failed(Failure.TOO_MANY_IN_FLIGHT,
					"as many batches are on their way as 'management.adot.delivery.max-in-flight' allows"));
		}
		return new Exchange(payload, deadline, this.limits.retry().maxAttempts(), this.places::release).start();
	}

	/**
	 * Send a payload once, beside those that are counted in flight.
	 */
	CompletableFuture<Outcome> deliverOnce(Payload payload) {
		return new Exchange(payload, System.nanoTime() + this.limits.timeout().toNanos(), 1, () -> {
		}).start();
	}

	/**
	 * Send a request without items, once.
	 * @return what came of it, {@code null} if the destination has no such request
	 */
	@Nullable CompletableFuture<Outcome> probe(Signal signal) {
		byte[] probe = this.format.probe();
		return (probe != null) ? deliverOnce(new Payload(signal, probe, 0, this.format.compressor())) : null;
	}

	/**
	 * How bodies are compressed, {@code null} for not at all.
	 */
	@Nullable Compressor compressor() {
		return this.format.compressor();
	}

	/**
	 * Payloads that are on their way.
	 */
	int inFlight() {
		return this.inFlight.get();
	}

	/**
	 * Where requests go, by a network call where the region needs one.
	 */
	URI url() {
		return this.requests.url();
	}

	/**
	 * Where the last request went, {@code null} before the first.
	 */
	@Nullable URI lastUrl() {
		return this.lastUrl;
	}

	/**
	 * Let go of connections, credentials and what was learned from answers, which a
	 * checkpoint must not keep.
	 */
	void release() {
		this.transport.release();
		this.requests.forget();
	}

	/**
	 * The attempts for one payload. It holds its place in flight until the last attempt
	 * is over, also when finding credentials takes so long that nobody waits for the
	 * outcome any more.
	 */
	private final class Exchange {

		private final Payload payload;

		private final long deadline;

		private final int maxAttempts;

		private final Runnable whenOver;

		private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

		private final Runnable whenClosed = this::giveUp;

		private volatile @Nullable CompletableFuture<?> response;

		private int attempts;

		private boolean recovered;

		Exchange(Payload payload, long deadline, int maxAttempts, Runnable whenOver) {
			this.payload = payload;
			this.deadline = deadline;
			this.maxAttempts = maxAttempts;
			this.whenOver = whenOver;
		}

		CompletableFuture<Outcome> start() {
			HttpDestination.this.inFlight.incrementAndGet();
			HttpDestination.this.executor.whenClosed(this.whenClosed);
			execute(this::attempt);
			return this.outcome.completeOnTimeout(
					Outcome.failed(Failure.TIMEOUT,
							"not sent within " + HttpDestination.this.limits.timeout().toMillis() + " ms"),
					Math.max(0, remaining()), TimeUnit.NANOSECONDS);
		}

		private void execute(Runnable step) {
			try {
				HttpDestination.this.executor.execute(step);
			}
			catch (RejectedExecutionException ex) {
				this.whenClosed.run();
				over();
			}
		}

		private void attempt() {
			long pause = HttpDestination.this.pause.remainingNanos();
			if (this.outcome.isDone()) {
				over();
			}
			else if (pause > 0) {
				waitFor(pause);
			}
			else {
				this.attempts++;
				tryOnce();
			}
		}

		private void waitFor(long pause) {
			if (pause < remaining()) {
				HttpDestination.this.executor.executeAfter(Duration.ofNanos(pause), this::attempt);
			}
			else {
				last(Outcome.answered(Failure.UNAVAILABLE, 0,
						"the server asked to wait for another " + TimeUnit.NANOSECONDS.toSeconds(pause) + " s",
						Duration.ofNanos(pause)));
			}
		}

		private void tryOnce() {
			try {
				Attempt attempt = HttpDestination.this.requests.create(this.payload);
				if (this.outcome.isDone()) {
					over();
				}
				else {
					send(attempt);
				}
			}
			catch (RuntimeException ex) {
				last(withoutRequest(ex));
			}
		}

		private static Outcome withoutRequest(RuntimeException cause) {
			return (cause instanceof AwsConfigurationException missing)
					? Outcome.failed(Failure.NOT_CONFIGURED, missing.getMessage() + " " + missing.fix())
					: Outcome.failed(Failure.INVALID, ErrorText.clean("the request could not be made: " + cause));
		}

		private void send(Attempt attempt) {
			CompletableFuture<HttpResponse<byte[]>> response = HttpDestination.this.transport.send(attempt.request());
			this.response = response;
			HttpDestination.this.lastUrl = attempt.request().uri();
			long timeout = Math.min(HttpDestination.this.limits.requestTimeout().toNanos(), remaining());
			response.copy().orTimeout(timeout, TimeUnit.NANOSECONDS).whenComplete((answer, error) -> {
				response.cancel(true);
				if (error != null) {
					completed(AttemptOutcome.of(error));
				}
				else {
					answered(attempt, answer);
				}
			});
		}

		private void answered(Attempt attempt, HttpResponse<byte[]> answer) {
			Outcome outcome = AttemptOutcome.of(answer, this.payload, HttpDestination.this.format,
					HttpDestination.this.clock, HttpDestination.this.limits.maxRetryAfter());
			if (outcome.retryAfter() != null && outcome.failure() == Failure.UNAVAILABLE) {
				HttpDestination.this.pause.ask(outcome.retryAfter());
			}
			if (outcome.failure() == Failure.REJECTED && !this.recovered) {
				this.recovered = true;
				execute(() -> recover(attempt, answer, outcome));
			}
			else {
				completed(outcome);
			}
		}

		private void recover(Attempt attempt, HttpResponse<byte[]> answer, Outcome outcome) {
			boolean mended;
			try {
				mended = !this.outcome.isDone() && attempt.recover(answer, outcome.message());
			}
			catch (IOException ex) {
				this.recovered = false;
				completed(Outcome.answered(Failure.UNAVAILABLE, answer.statusCode(),
						ErrorText.clean(outcome.message() + ", " + ex.getMessage()), null));
				return;
			}
			catch (RuntimeException ex) {
				last(withoutRequest(ex));
				return;
			}
			if (mended) {
				attempt();
			}
			else {
				completed(explained(outcome, answer));
			}
		}

		private Outcome explained(Outcome outcome, HttpResponse<byte[]> answer) {
			String explanation = HttpDestination.this.format
				.explain(new HttpFormat.Answer(answer.statusCode(), answer.body()));
			return (explanation != null) ? outcome.because(explanation) : outcome;
		}

		private void completed(Outcome attempt) {
			Failure failure = attempt.failure();
			Duration backoff = HttpDestination.this.limits.retry().backoffAfter(this.attempts);
			if (failure != null && failure.isTransient() && !this.outcome.isDone() && this.attempts < this.maxAttempts
					&& Math.max(backoff.toNanos(), HttpDestination.this.pause.remainingNanos()) < remaining()) {
				HttpDestination.this.executor.executeAfter(backoff, this::attempt);
			}
			else {
				last((failure != null && this.attempts > 1) ? attempt.after(this.attempts) : attempt);
			}
		}

		private void giveUp() {
			end(Outcome.failed(Failure.CLOSED, "the application is shutting down"));
			CompletableFuture<?> response = this.response;
			if (response != null) {
				response.cancel(true);
			}
		}

		private long remaining() {
			return this.deadline - System.nanoTime();
		}

		private void last(Outcome attempt) {
			// In this order: what follows the outcome may need the place.
			over();
			end(attempt);
		}

		private void end(Outcome outcome) {
			this.outcome.complete(outcome);
		}

		private void over() {
			HttpDestination.this.executor.forget(this.whenClosed);
			HttpDestination.this.inFlight.decrementAndGet();
			this.whenOver.run();
		}

	}

}
