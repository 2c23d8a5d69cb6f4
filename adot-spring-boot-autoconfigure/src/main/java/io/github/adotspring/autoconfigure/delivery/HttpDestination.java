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
		return exchange.result.copy()
			.completeOnTimeout(
					Outcome.failed(Failure.TIMEOUT, "not delivered within " + this.timeout.toMillis() + " ms"),
					this.timeout.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((outcome, error) -> exchange.stop());
	}

	/**
	 * The attempts for one payload. It holds its place in flight until its last attempt
	 * is over, even if nobody waits for the outcome any more.
	 */
	private final class Exchange {

		private final Payload payload;

		private final CompletableFuture<Outcome> result = new CompletableFuture<>();

		private int attempts;

		private volatile boolean stopped;

		Exchange(Payload payload) {
			this.payload = payload;
			this.result.whenComplete((outcome, error) -> HttpDestination.this.inFlight.release());
		}

		void start() {
			try {
				HttpDestination.this.executor.execute(this::attempt);
			}
			catch (RejectedExecutionException ex) {
				closed();
			}
		}

		void stop() {
			this.stopped = true;
		}

		private void closed() {
			this.result.complete(Outcome.failed(Failure.CLOSED, "the application is shutting down"));
		}

		private void attempt() {
			this.attempts++;
			HttpRequest request;
			try {
				request = HttpDestination.this.requests.create(this.payload);
			}
			catch (AwsConfigurationException ex) {
				this.result.complete(Outcome.failed(Failure.NOT_CONFIGURED, ex.getMessage() + " " + ex.fix()));
				return;
			}
			catch (RuntimeException ex) {
				this.result
					.complete(Outcome.failed(Failure.INVALID, ErrorText.clean("the request could not be made: " + ex)));
				return;
			}
			send(request);
		}

		private void send(HttpRequest request) {
			CompletableFuture<HttpResponse<byte[]>> response = HttpDestination.this.transport.send(request);
			response.copy()
				.orTimeout(HttpDestination.this.requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
				.whenComplete((answer, error) -> {
					response.cancel(true);
					completed((error != null) ? AttemptOutcome.of(error) : AttemptOutcome.of(answer));
				});
		}

		private void completed(Outcome outcome) {
			Failure failure = outcome.failure();
			boolean again = failure != null && failure.isTransient() && !this.stopped
					&& HttpDestination.this.retry.allows(this.attempts + 1);
			if (again) {
				HttpDestination.this.executor.executeAfter(HttpDestination.this.retry.backoffAfter(this.attempts),
						this::attempt, this::closed);
			}
			else {
				this.result.complete(outcome);
			}
		}

	}

}
