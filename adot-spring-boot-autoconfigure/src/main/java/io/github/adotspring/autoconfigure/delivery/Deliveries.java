package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.spool.Spool;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines of each signal, from the sender that upstream's exporter uses to the
 * destinations. They are made when the exporter is.
 */
final class Deliveries implements AutoCloseable {

	private final ExportTargets targets;

	private final Outlets outlets;

	private final DeliveryStatus status;

	private final SdkTelemetry telemetry;

	private final List<MessageObserver> observers;

	private final DeliveryExecutor executor;

	private final @Nullable Spool spool;

	private final Map<Signal, List<Outlet>> made = new ConcurrentHashMap<>();

	private volatile boolean running;

	Deliveries(ExportTargets targets, Outlets outlets, DeliveryStatus status, SdkTelemetry telemetry,
			List<MessageObserver> observers, DeliveryExecutor executor, @Nullable Spool spool) {
		this.targets = targets;
		this.outlets = outlets;
		this.status = status;
		this.telemetry = telemetry;
		this.observers = observers;
		this.executor = executor;
		this.spool = spool;
	}

	/**
	 * The sender with which an exporter sends through the pipeline.
	 */
	HttpSender sender(Signal signal, HttpSenderConfig config) {
		this.made.computeIfAbsent(signal, (key) -> make(signal, config));
		return new DeliveryHttpSender(fanOut(signal));
	}

	private List<Outlet> make(Signal signal, HttpSenderConfig config) {
		SignalStatus status = this.status.of(signal);
		status.queuedBy(() -> this.telemetry.queueDrops(signal));
		List<ExportTarget> targets = this.targets.all(signal);
		boolean dryRun = this.targets.isDryRun(signal);
		List<Outlet> outlets = targets.stream()
			.map((target) -> this.outlets.create(signal, target,
					(targets.size() == 1) ? status : status.ofDestination(), config, dryRun))
			.toList();
		Spool spool = this.spool;
		if (spool != null) {
			// Whatever it is for: a destination of an earlier run may be none any more.
			status.spooledIn(() -> spool.status(signal).items());
		}
		if (this.running) {
			// Made later than the context was started, as with lazy initialization.
			outlets.forEach(Outlet::resume);
		}
		return outlets;
	}

	/**
	 * Whether a signal goes to a collector and nowhere else.
	 */
	boolean isCollected(Signal signal) {
		return this.targets.all(signal).stream().allMatch((target) -> target.to() == ExportTo.COLLECTOR);
	}

	/**
	 * Whether the pipelines of a signal were made.
	 */
	boolean isMade(Signal signal) {
		return this.made.containsKey(signal);
	}

	/**
	 * The pipelines of a signal, made before.
	 */
	FanOut fanOut(Signal signal) {
		List<Outlet> outlets = of(signal);
		Consumer<byte[]> observer = (message) -> this.observers
			.forEach((each) -> outlets.forEach((outlet) -> each.sending(signal, outlet.target().name(), message)));
		return new FanOut(outlets.stream().map(Outlet::delivery).toList(), observer);
	}

	/**
	 * The pipelines of a signal, none if no exporter was made for it yet.
	 */
	List<Outlet> of(Signal signal) {
		return this.made.getOrDefault(signal, List.of());
	}

	private Stream<Outlet> all() {
		return this.made.values().stream().flatMap(List::stream);
	}

	/**
	 * Begin to send what waits on disk, if anything does.
	 */
	void resume() {
		this.running = true;
		all().forEach(Outlet::resume);
	}

	/**
	 * Tell the destinations that want to know it that no more comes.
	 */
	void end() {
		all().forEach((outlet) -> outlet.delivery().end());
	}

	/**
	 * Whether something is on its way that is nowhere else.
	 */
	boolean isWaitedFor() {
		return all().anyMatch(Outlet::isWaitedFor);
	}

	/**
	 * Let go of what a checkpoint must not keep. All of it comes back when it is needed.
	 */
	void release() {
		this.running = false;
		all().forEach(Outlet::release);
		if (this.spool != null) {
			this.spool.release();
		}
	}

	/**
	 * Give up what is on its way while there is a spool to leave it in.
	 */
	@Override
	public void close() {
		this.executor.close();
	}

}
