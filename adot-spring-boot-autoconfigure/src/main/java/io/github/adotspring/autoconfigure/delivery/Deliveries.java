package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.otlp.OtlpLimits;
import io.github.adotspring.autoconfigure.otlp.OtlpSplitter;
import io.github.adotspring.autoconfigure.spool.Spool;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pipeline of each signal, from the sender that upstream's exporter uses to
 * the destination.
 */
final class Deliveries {

	private final ExportTargets targets;

	private final HttpDestinations httpDestinations;

	private final List<DestinationProvider> providers;

	private final DeliveryStatus status;

	private final QuietLog log;

	private final DeliveryProperties properties;

	private final DeliveryExecutor executor;

	private final SdkTelemetry telemetry;

	private final @Nullable Spool spool;

	private final Map<Signal, Remote> remotes = new ConcurrentHashMap<>();

	private final List<Replay> replays = new CopyOnWriteArrayList<>();

	private volatile boolean running;

	Deliveries(ExportTargets targets, HttpDestinations httpDestinations, List<DestinationProvider> providers,
			DeliveryStatus status, QuietLog log, DeliveryProperties properties, DeliveryExecutor executor,
			SdkTelemetry telemetry, @Nullable Spool spool) {
		this.targets = targets;
		this.httpDestinations = httpDestinations;
		this.providers = providers;
		this.status = status;
		this.log = log;
		this.properties = properties;
		this.executor = executor;
		this.telemetry = telemetry;
		this.spool = spool;
	}

	/**
	 * The sender with which an exporter sends through the pipeline.
	 */
	HttpSender sender(Signal signal, HttpSenderConfig config) {
		DestinationProvider provider = provider(signal);
		if (provider != null) {
			return new DeliveryHttpSender(inProcess(signal, provider.destination(signal)), null);
		}
		return new DeliveryHttpSender(overHttp(signal, config), config.getCompressor());
	}

	private Delivery overHttp(Signal signal, HttpSenderConfig config) {
		Supplier<AwsEndpoint> awsEndpoint = awsEndpoint(signal);
		RetrySchedule retry = retrySchedule();
		HttpDestination destination = this.httpDestinations.create(signal, this.targets.of(signal), config,
				(this.spool != null) ? retry.once() : retry);
		Address address = new Address(awsEndpoint, destination::lastUrl);
		this.remotes.put(signal, new Remote(destination, address));
		OtlpSplitter splitter = new OtlpSplitter(signal, limits(signal, awsEndpoint), Clock.systemUTC());
		Ledger ledger = ledger(signal, address);
		Route route = (this.spool != null)
				? spoolRoute(signal, destination, this.spool, splitter, retry, ledger, config.getCompressor())
				: destination::deliver;
		return new Delivery(signal, splitter, route, ledger, this.properties.timeout());
	}

	private Route spoolRoute(Signal signal, HttpDestination destination, Spool spool, OtlpSplitter splitter,
			RetrySchedule retry, Ledger ledger, @Nullable Compressor compressor) {
		Breaker breaker = new Breaker(retry);
		Replay replay = new Replay(signal, destination, spool, this.executor, splitter, breaker, retry, ledger,
				compressor);
		this.replays.add(replay);
		if (this.running) {
			// Made later than the context was started, as with lazy initialization.
			replay.resume();
		}
		this.status.of(signal).spooledIn(() -> spool.status(signal).items());
		return new SpoolRoute(destination, spool, this.executor, breaker, replay, ledger, this.log);
	}

	private Delivery inProcess(Signal signal, Destination destination) {
		return new Delivery(signal, new OtlpSplitter(signal, OtlpLimits.unlimited(), Clock.systemUTC()),
				(payload, deadline) -> destination.deliver(payload), ledger(signal, Address.IN_PROCESS),
				this.properties.timeout());
	}

	private Ledger ledger(Signal signal, Address address) {
		this.status.of(signal).queuedBy(() -> this.telemetry.queueDrops(signal));
		return new Ledger(signal, this.status.of(signal), this.log, address);
	}

	private RetrySchedule retrySchedule() {
		DeliveryProperties.Retry retry = this.properties.retry();
		return new RetrySchedule(retry.maxAttempts(), retry.initialBackoff(), retry.maxBackoff(),
				(bound) -> ThreadLocalRandom.current().nextLong(bound + 1));
	}

	private static OtlpLimits limits(Signal signal, @Nullable Supplier<AwsEndpoint> awsEndpoint) {
		if (awsEndpoint == null) {
			return OtlpLimits.unlimited();
		}
		return switch (signal) {
			case TRACES -> OtlpLimits.xray();
			case METRICS -> OtlpLimits.cloudWatchMetrics();
			case LOGS -> OtlpLimits.cloudWatchLogs();
		};
	}

	/**
	 * The destination in the process that a signal goes to, {@code null} if it goes
	 * elsewhere.
	 */
	@Nullable DestinationProvider provider(Signal signal) {
		ExportTo to = this.targets.of(signal).to();
		return this.providers.stream()
			.filter((provider) -> provider.exportTo() == to && provider.signals().contains(signal))
			.findFirst()
			.orElse(null);
	}

	/**
	 * The endpoint at AWS that a signal goes to, {@code null} if it goes elsewhere. What
	 * the source answers can take a network call.
	 */
	@Nullable Supplier<AwsEndpoint> awsEndpoint(Signal signal) {
		return this.httpDestinations.awsEndpoint(signal, this.targets.of(signal));
	}

	/**
	 * What a signal is sent to by HTTP, {@code null} if it goes elsewhere or no exporter
	 * was made for it yet.
	 */
	@Nullable Remote remote(Signal signal) {
		return this.remotes.get(signal);
	}

	/**
	 * Begin to send what waits on disk, if anything does.
	 */
	void resume() {
		this.running = true;
		this.replays.forEach(Replay::resume);
	}

	/**
	 * Whether something is on its way that is nowhere else.
	 */
	boolean isWaitedFor() {
		return this.spool == null
				&& this.remotes.values().stream().anyMatch((remote) -> remote.destination().inFlight() > 0);
	}

	/**
	 * Let go of what a checkpoint must not keep. All of it comes back when it is needed.
	 */
	void release() {
		this.running = false;
		this.replays.forEach(Replay::pause);
		this.remotes.values().forEach((remote) -> remote.destination().release());
		if (this.spool != null) {
			this.spool.release();
		}
	}

}
