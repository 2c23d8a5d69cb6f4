package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server on this machine that plays the OTLP endpoints of AWS: it takes what AWS
 * takes, refuses what AWS refuses, and remembers both. It can be told to misbehave, and
 * to play a collector instead.
 */
public final class AwsEndpoint implements AutoCloseable {

	/**
	 * The region that signatures must be scoped to unless a test says otherwise.
	 */
	public static final String REGION = "us-east-1";

	private static final Duration LONGEST_GATE = Duration.ofSeconds(30);

	private final OtlpRules rules;

	private final ErrorFormat errorFormat;

	private final ReceivedRequests received;

	private final Queue<Answer> script = new ConcurrentLinkedQueue<>();

	private final ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.named("aws-endpoint"));

	private final HttpServer server;

	private AwsEndpoint(OtlpRules rules, ErrorFormat errorFormat, Duration patience) {
		this.rules = rules;
		this.errorFormat = errorFormat;
		this.received = new ReceivedRequests(patience);
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/**
	 * Starts an endpoint that knows {@link AccessKey#EXAMPLE} and is in {@link #REGION}.
	 */
	public static AwsEndpoint start() {
		return builder().start();
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Starts a plain OTLP collector, which refuses requests that carry anything of AWS's
	 * authentication.
	 */
	public static AwsEndpoint withoutSignature() {
		return builder().withoutSignature().start();
	}

	/**
	 * Scheme, host and port.
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	public URI url(String path) {
		return url().resolve(path);
	}

	/**
	 * Answers the next requests as told, one each, in this order; after that the endpoint
	 * is itself again.
	 */
	public void enqueue(Answer... answers) {
		this.script.addAll(Arrays.asList(answers));
	}

	/**
	 * Everything that came in so far, whatever it was answered.
	 */
	public List<ReceivedRequest> requests() {
		return this.received.all();
	}

	/**
	 * What is wrong with the requests that came in so far, including those that were
	 * answered as told: empty if every one deserved to be accepted.
	 */
	public List<Verdict.Refused> refusals() {
		return this.received.refusals();
	}

	/**
	 * The spans of the requests that this endpoint accepted of its own accord.
	 */
	public List<ReceivedSpan> spans() {
		return this.received.spans();
	}

	/**
	 * Waits for at least this many requests. A request counts as soon as it was read,
	 * before it is answered.
	 */
	public List<ReceivedRequest> awaitRequests(int count) {
		return this.received.await(count, "requests", this.received::all);
	}

	/**
	 * Waits for at least this many accepted spans.
	 */
	public List<ReceivedSpan> awaitSpans(int count) {
		return this.received.await(count, "accepted spans", this.received::spans);
	}

	@Override
	public void close() {
		this.server.stop(0);
		// Also wakes up whoever still waits at a gate.
		this.executor.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		// Closing an exchange that was not answered closes the connection.
		try (exchange) {
			ReceivedRequest request = new ReceivedRequest(exchange.getRequestMethod(),
					exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery(),
					exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
			Answer told = Objects.requireNonNullElseGet(this.script.poll(), Answer::verified);
			Verdict verdict = this.rules.judge(request);
			this.received.add(request, verdict, told);
			if (isOpened(told.gate())) {
				switch (told.kind()) {
					case VERIFIED -> send(exchange, answer(verdict));
					case SCRIPTED -> send(exchange, told);
					case CLOSED -> {
					}
				}
			}
		}
	}

	private Answer answer(Verdict verdict) {
		if (verdict instanceof Verdict.Refused refused) {
			return Answer.status(refused.status())
				.header("x-amzn-ErrorType", refused.code())
				.body(this.errorFormat.contentType(), this.errorFormat.body(refused.status(), refused.message()));
		}
		// A response message without fields has no bytes.
		return Answer.status(200).header("Content-Type", "application/x-protobuf");
	}

	private static void send(HttpExchange exchange, Answer answer) throws IOException {
		answer.headers().forEach(exchange.getResponseHeaders()::set);
		exchange.sendResponseHeaders(answer.status(), (answer.body().length > 0) ? answer.body().length : -1);
		if (answer.body().length > 0) {
			exchange.getResponseBody().write(answer.body());
		}
	}

	private static boolean isOpened(CountDownLatch gate) {
		try {
			return gate == null || gate.await(LONGEST_GATE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Builds an {@link AwsEndpoint}.
	 */
	public static final class Builder {

		private List<AccessKey> keys = List.of(AccessKey.EXAMPLE);

		private String region = REGION;

		private Clock clock = Clock.systemUTC();

		private boolean signed = true;

		private ErrorFormat errorFormat = ErrorFormat.PROTOBUF;

		private Duration patience = Duration.ofSeconds(15);

		private Builder() {
		}

		public Builder credentials(AccessKey... keys) {
			this.keys = List.of(keys);
			return this;
		}

		public Builder region(String region) {
			this.region = region;
			return this;
		}

		/**
		 * The clock by which signatures are current or not. The {@code Date} of answers
		 * is that of the machine all the same.
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		public Builder withoutSignature() {
			this.signed = false;
			return this;
		}

		public Builder errorFormat(ErrorFormat errorFormat) {
			this.errorFormat = errorFormat;
			return this;
		}

		/**
		 * How long to wait for what a test expects before the test fails.
		 */
		public Builder patience(Duration patience) {
			this.patience = patience;
			return this;
		}

		public AwsEndpoint start() {
			OtlpRules rules = this.signed ? OtlpRules.signed(this.region, this.keys, this.clock) : OtlpRules.unsigned();
			return new AwsEndpoint(rules, this.errorFormat, this.patience);
		}

	}

}
