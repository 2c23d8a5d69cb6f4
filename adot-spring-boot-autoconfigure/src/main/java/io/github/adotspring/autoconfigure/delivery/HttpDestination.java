package io.github.adotspring.autoconfigure.delivery;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;

/**
 * An OTLP/HTTP endpoint. A payload is sent until it arrives, is refused for good, or the
 * attempts or the time are used up; each attempt has a request, and so a signature, of
 * its own.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP
 * responses</a>
 */
final class HttpDestination implements Destination {

	private final RequestFactory requests;

	private final HttpTransport transport;

	private final DeliveryExecutor executor;

	private final RetrySchedule retry;

	private final Duration timeout;

	private final Duration requestTimeout;

	private final Semaphore inFlight;

	HttpDestination(RequestFactory requests, HttpTransport transport, DeliveryExecutor executor, RetrySchedule retry,
			Duration timeout, Duration requestTimeout, int maxInFlight) {
		this.requests = requests;
		this.transport = transport;
		this.executor = executor;
		this.retry = retry;
		this.timeout = timeout;
		this.requestTimeout = requestTimeout;
		this.inFlight = new Semaphore(maxInFlight);
	}

	@Override
	public CompletableFuture<Outcome> deliver(Payload payload) {
		if (!this.inFlight.tryAcquire()) {
			return CompletableFuture.completedFuture(Outcome.failed(Failure.TOO_MANY_IN_FLIGHT,
					"as many batches are on their way as 'management.adot.delivery.max-in-flight' allows"));
		}
		Exchange exchange = new Exchange(payload);
		exchange.start();
		return exchange.outcome();
	}

	/**
	 * The attempts for one payload. It holds its place in flight until the last attempt
	 * is over, also when finding credentials takes so long that nobody waits for the
	 * outcome any more.
	 */
	private final class Exchange {

		private final Payload payload;

		private final long deadline = System.nanoTime() + HttpDestination.this.timeout.toNanos();

		private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

		private final Runnable whenClosed = () -> end(
				Outcome.failed(Failure.CLOSED, "the application is shutting down"));

		private int attempts;

		Exchange(Payload payload) {
			this.payload = payload;
		}

		void start() {
			HttpDestination.this.executor.whenClosed(this.whenClosed);
			try {
				HttpDestination.this.executor.execute(this::attempt);
			}
			catch (RejectedExecutionException ex) {
				this.whenClosed.run();
				over();
			}
		}

		CompletableFuture<Outcome> outcome() {
			return this.outcome.completeOnTimeout(
					Outcome.failed(Failure.TIMEOUT,
							"not sent within " + HttpDestination.this.timeout.toMillis() + " ms"),
					HttpDestination.this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}

		private void attempt() {
			this.attempts++;
			try {
				HttpRequest request = HttpDestination.this.requests.create(this.payload);
				if (this.outcome.isDone()) {
					over();
				}
				else {
					send(request);
				}
			}
			catch (AwsConfigurationException ex) {
				last(Outcome.failed(Failure.NOT_CONFIGURED, ex.getMessage() + " " + ex.fix()));
			}
			catch (RuntimeException ex) {
				last(Outcome.failed(Failure.INVALID, ErrorText.clean("the request could not be made: " + ex)));
			}
		}

		private void send(HttpRequest request) {
			CompletableFuture<HttpResponse<byte[]>> response = HttpDestination.this.transport.send(request);
			long timeout = Math.min(HttpDestination.this.requestTimeout.toNanos(), remaining());
			response.copy().orTimeout(timeout, TimeUnit.NANOSECONDS).whenComplete((answer, error) -> {
				response.cancel(true);
				completed((error != null) ? AttemptOutcome.of(error) : AttemptOutcome.of(answer));
			});
		}

		private void completed(Outcome attempt) {
			Failure failure = attempt.failure();
			Duration backoff = HttpDestination.this.retry.backoffAfter(this.attempts);
			if (failure != null && failure.isTransient() && !this.outcome.isDone()
					&& HttpDestination.this.retry.allows(this.attempts + 1) && backoff.toNanos() < remaining()) {
				HttpDestination.this.executor.executeAfter(backoff, this::attempt);
			}
			else {
				last((failure != null && this.attempts > 1) ? attempt.after(this.attempts) : attempt);
			}
		}

		private long remaining() {
			return this.deadline - System.nanoTime();
		}

		private void last(Outcome attempt) {
			end(attempt);
			over();
		}

		private void end(Outcome outcome) {
			this.outcome.complete(outcome);
		}

		private void over() {
			HttpDestination.this.executor.forget(this.whenClosed);
			HttpDestination.this.inFlight.release();
		}

	}

}
