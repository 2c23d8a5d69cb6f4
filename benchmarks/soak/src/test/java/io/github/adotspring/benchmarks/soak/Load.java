package io.github.adotspring.benchmarks.soak;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Requests at a steady rate, whether those before were answered or not. The time of a
 * request begins when it is due.
 */
final class Load implements AutoCloseable {

	/** What the application makes of one request. */
	private static final int SPANS_PER_REQUEST = 10;

	private final HttpClient client = HttpClient.newHttpClient();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final HttpRequest request;

	private final long periodNanos;

	private final Map<Phase, Latencies> latencies = new EnumMap<>(Phase.class);

	private volatile Phase phase = Phase.UNMEASURED;

	private long due;

	Load(int port, int spansPerSecond) {
		this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/work"))
			.timeout(Duration.ofSeconds(10))
			.build();
		this.periodNanos = TimeUnit.SECONDS.toNanos(1) * SPANS_PER_REQUEST / spansPerSecond;
		for (Phase phase : Phase.values()) {
			this.latencies.put(phase, new Latencies());
		}
	}

	void start() {
		this.due = System.nanoTime();
		this.timer.scheduleAtFixedRate(this::next, 0, this.periodNanos, TimeUnit.NANOSECONDS);
	}

	private void next() {
		long due = this.due;
		this.due += this.periodNanos;
		Latencies latencies = latencies(this.phase);
		this.client.sendAsync(this.request, BodyHandlers.discarding()).thenAccept((answer) -> {
			if (answer.statusCode() == 200) {
				latencies.add(System.nanoTime() - due);
			}
		});
	}

	void phase(Phase phase) {
		this.phase = phase;
	}

	Latencies latencies(Phase phase) {
		return this.latencies.get(phase);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

	/**
	 * What a request falls into.
	 */
	enum Phase {

		/** The application starts, or its garbage is collected. */
		UNMEASURED,

		/** Before the outage. */
		BEFORE,

		/** The collector refuses connections. */
		REFUSED,

		/** The collector does not answer. */
		HANGING,

		/** After the outage. */
		AFTER

	}

}
