package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.Connection;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.Http;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.InProcess;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.otlp.CumulativeToDelta;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.OtlpLimits;
import io.github.adotspring.autoconfigure.otlp.OtlpSplitter;
import io.github.adotspring.autoconfigure.spool.Spool;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pipeline to each destination.
 */
final class Outlets {

	/**
	 * Series whose last value is kept to tell what was added, which nothing is where the
	 * sources tell that themselves. Ten times what Micrometer exports by default.
	 */
	private static final int MAX_CONVERTED_SERIES = 100_000;

	private static final Set<String> TRANSLATED = Set.of(MetricsExportTo.EMF.key(),
			MetricsExportTo.CLOUDWATCH_API.key(), MetricsExportTo.AMP.key());

	private final HttpDestinations httpDestinations;

	private final List<DestinationProvider> providers;

	private final List<MetricsDestinationProvider> metricsProviders;

	private final QuietLog log;

	private final DeliveryProperties properties;

	private final DeliveryExecutor executor;

	private final @Nullable Spool spool;

	Outlets(HttpDestinations httpDestinations, List<DestinationProvider> providers,
			List<MetricsDestinationProvider> metricsProviders, QuietLog log, DeliveryProperties properties,
			DeliveryExecutor executor, @Nullable Spool spool) {
		this.httpDestinations = httpDestinations;
		this.providers = providers;
		this.metricsProviders = metricsProviders;
		this.log = log;
		this.properties = properties;
		this.executor = executor;
		this.spool = spool;
	}

	/**
	 * Build the pipeline to a destination.
	 * @param signal the signal
	 * @param target the destination
	 * @param status keeps account of the items
	 * @param config the settings of the exporter for its requests
	 * @param dryRun whether nothing is sent
	 */
	Outlet create(Signal signal, ExportTarget target, SignalStatus status, HttpSenderConfig config, boolean dryRun) {
		Building building = new Building(signal, target, status, config, dryRun);
		DestinationProvider provider = provider(signal, target);
		if (provider != null) {
			OtlpSplitter splitter = new OtlpSplitter(signal, OtlpLimits.unlimited(), Clock.systemUTC());
			return building.inProcess(splitter, provider.destination(signal));
		}
		MetricsDestinationProvider metrics = metricsProvider(target);
		return (metrics != null) ? building.translated(metrics) : building.otlp();
	}

	/**
	 * The destination in the process that a signal goes to, {@code null} if it goes
	 * elsewhere.
	 */
	@Nullable DestinationProvider provider(Signal signal, ExportTarget target) {
		return this.providers.stream()
			.filter((provider) -> provider.exportTo() == target.to() && provider.signals().contains(signal))
			.findFirst()
			.orElse(null);
	}

	/**
	 * What brings a destination of metrics that is no OTLP endpoint, {@code null} if it
	 * is one.
	 */
	@Nullable MetricsDestinationProvider metricsProvider(ExportTarget target) {
		return this.metricsProviders.stream()
			.filter((provider) -> provider.exportTo().key().equals(target.name()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Find out whether a destination can be reached as it is configured.
	 * @throws InvalidAdotConfigurationException if it can't
	 */
	void check(ExportTarget target) {
		MetricsDestinationProvider metrics = metricsProvider(target);
		if (metrics != null) {
			Objects.requireNonNull(metrics.connection());
		}
		else if (TRANSLATED.contains(target.name())) {
			throw new InvalidAdotConfigurationException(AdotProperties.PREFIX + ".metrics.export.to", target.name(),
					"the auto-configuration of this destination was excluded",
					"Exclude it no more, or choose another destination.");
		}
	}

	/**
	 * The endpoint at AWS that requests go to, {@code null} if they go elsewhere. What
	 * the source answers can take a network call.
	 */
	@Nullable Supplier<AwsEndpoint> awsEndpoint(Signal signal, ExportTarget target) {
		MetricsDestinationProvider metrics = metricsProvider(target);
		if (metrics == null) {
			return this.httpDestinations.awsEndpoint(signal, target);
		}
		return (metrics.connection() instanceof Http http) ? http.endpoint() : null;
	}

	/**
	 * What the endpoint at AWS of a signal wants beside the OTLP of its requests, in
	 * words.
	 */
	String describeExtension(Signal signal) {
		AwsOtlpExtension extension = this.httpDestinations.extension(signal);
		return (extension != null) ? ", " + extension.describe() : "";
	}

	private static MessageSplitter splitter(Signal signal, @Nullable Supplier<AwsEndpoint> awsEndpoint) {
		if (awsEndpoint == null) {
			return new OtlpSplitter(signal, OtlpLimits.unlimited(), Clock.systemUTC());
		}
		return switch (signal) {
			case TRACES -> new OtlpSplitter(signal, OtlpLimits.xray(), Clock.systemUTC());
			case METRICS -> new OtlpSplitter(signal, OtlpLimits.cloudWatchMetrics(), Clock.systemUTC());
			case LOGS -> new LogsSplitter(() -> LargeLogRegions.include(awsEndpoint), Clock.systemUTC());
		};
	}

	/**
	 * One pipeline that is being built.
	 */
	private final class Building {

		private final Signal signal;

		private final ExportTarget target;

		private final SignalStatus status;

		private final HttpSenderConfig config;

		private final boolean dryRun;

		Building(Signal signal, ExportTarget target, SignalStatus status, HttpSenderConfig config, boolean dryRun) {
			this.signal = signal;
			this.target = target;
			this.status = status;
			this.config = config;
			this.dryRun = dryRun;
		}

		Outlet inProcess(MessageSplitter splitter, Destination destination) {
			return outlet(splitter, (payload, deadline) -> destination.deliver(payload), null,
					ledger(Address.IN_PROCESS), null);
		}

		Outlet otlp() {
			Supplier<AwsEndpoint> awsEndpoint = Outlets.this.httpDestinations.awsEndpoint(this.signal, this.target);
			HttpDestination destination = Outlets.this.httpDestinations.otlp(this.signal, this.target, this.config,
					retry(Outlets.this.spool));
			return overHttp(splitter(this.signal, awsEndpoint), destination, awsEndpoint, Outlets.this.spool);
		}

		Outlet translated(MetricsDestinationProvider provider) {
			MessageSplitter translator = provider.isDelta()
					? new CumulativeToDelta(provider.translator(), MAX_CONVERTED_SERIES) : provider.translator();
			Connection connection = provider.connection();
			if (connection instanceof InProcess inProcess) {
				return inProcess(translator, inProcess.destination());
			}
			Http http = (Http) connection;
			Spool spool = provider.takesLate() ? Outlets.this.spool : null;
			HttpDestination destination = Outlets.this.httpDestinations.signed(http.endpoint(), http.format(),
					this.config, retry(spool));
			return overHttp(translator, destination, http.endpoint(), spool);
		}

		private Outlet overHttp(MessageSplitter splitter, HttpDestination destination,
				@Nullable Supplier<AwsEndpoint> awsEndpoint, @Nullable Spool spool) {
			Address address = new Address(awsEndpoint, destination::lastUrl);
			Ledger ledger = ledger(address);
			Compressor compressor = destination.compressor();
			if (spool == null || this.dryRun) {
				return outlet(splitter, destination::deliver, compressor, ledger,
						new Remote(destination, address, null));
			}
			RetrySchedule retry = retrySchedule();
			Breaker breaker = new Breaker(retry);
			Replay replay = new Replay(this.signal, destination, spool, Outlets.this.executor, splitter, breaker, retry,
					ledger, compressor);
			this.status.spooledIn(() -> {
				URI url = destination.lastUrl();
				return (url != null) ? spool.items(this.signal, url.toString()) : 0;
			});
			SpoolRoute route = new SpoolRoute(destination, spool, Outlets.this.executor, breaker, replay, ledger,
					Outlets.this.log);
			return outlet(splitter, route, compressor, ledger, new Remote(destination, address, replay));
		}

		private Outlet outlet(MessageSplitter splitter, Route route, @Nullable Compressor compressor, Ledger ledger,
				@Nullable Remote remote) {
			Route real = this.dryRun ? Building::nowhere : route;
			return new Outlet(this.target,
					new Delivery(this.signal, splitter, real, compressor, ledger, Outlets.this.properties.timeout()),
					this.status, remote);
		}

		private static CompletableFuture<Outcome> nowhere(Payload payload, long deadline) {
			return CompletableFuture.completedFuture(Outcome.failed(Failure.DRY_RUN, "a dry run sends nothing"));
		}

		private Ledger ledger(Address address) {
			return new Ledger(this.signal, this.status, Outlets.this.log, address);
		}

		private RetrySchedule retry(@Nullable Spool spool) {
			RetrySchedule retry = retrySchedule();
			return (spool != null) ? retry.once() : retry;
		}

		private RetrySchedule retrySchedule() {
			DeliveryProperties.Retry retry = Outlets.this.properties.retry();
			return new RetrySchedule(retry.maxAttempts(), retry.initialBackoff(), retry.maxBackoff(),
					(bound) -> ThreadLocalRandom.current().nextLong(bound + 1));
		}

	}

}
