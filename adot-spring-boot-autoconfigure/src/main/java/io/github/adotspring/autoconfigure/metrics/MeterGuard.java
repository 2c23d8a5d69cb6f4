package io.github.adotspring.autoconfigure.metrics;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * Limits the series that Micrometer exports: meters of one name, and meters in all, each
 * with other values of its tags. A tag with an id in it makes a series of each id, all of
 * which are sent and paid for with every export. A series that is denied is measured in
 * the application's other registries as ever.
 */
public final class MeterGuard {

	/** Ids of denied series without end must not fill the memory instead. */
	static final int MAX_DENIED = 10_000;

	private final int maxSeriesPerMeter;

	private final int maxSeries;

	private final Consumer<String> log;

	private final Map<String, Integer> series = new ConcurrentHashMap<>();

	private final AtomicInteger total = new AtomicInteger();

	/** A meter is told of once, of which the limit in all leaves few. */
	private final Set<String> told = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean toldInAll = new AtomicBoolean();

	private final Map<String, Set<Integer>> denied = new ConcurrentHashMap<>();

	private final AtomicInteger deniedTotal = new AtomicInteger();

	MeterGuard(int maxSeriesPerMeter, int maxSeries, Consumer<String> log) {
		this.maxSeriesPerMeter = maxSeriesPerMeter;
		this.maxSeries = maxSeries;
		this.log = log;
	}

	/**
	 * The limit for one meter.
	 * @return a number of series
	 */
	public int maxSeriesPerMeter() {
		return this.maxSeriesPerMeter;
	}

	/**
	 * The limit for all meters together.
	 * @return a number of series
	 */
	public int maxSeries() {
		return this.maxSeries;
	}

	/**
	 * The series that are exported.
	 * @return their number now
	 */
	public int series() {
		return this.total.get();
	}

	/**
	 * The series that are not exported because of a limit. At most {@value #MAX_DENIED}
	 * are told apart, further ones are not counted.
	 * @return numbers by the name of the meter, without those that have none
	 */
	public Map<String, Integer> denied() {
		Map<String, Integer> denied = new TreeMap<>();
		this.denied.forEach((meter, ids) -> denied.put(meter, ids.size()));
		denied.values().removeIf((number) -> number == 0);
		return denied;
	}

	/**
	 * Keep a registry to the limits. It asks and tells under a lock of its own.
	 */
	void watch(MeterRegistry registry) {
		registry.config().onMeterAdded(this::added).onMeterRemoved((meter) -> count(meter, -1));
		registry.config().meterFilter(new MeterFilter() {

			@Override
			public MeterFilterReply accept(Meter.Id id) {
				return MeterGuard.this.accept(registry, id);
			}

		});
	}

	private void added(Meter meter) {
		count(meter, 1);
		Set<Integer> denied = this.denied.get(meter.getId().getName());
		if (denied != null && denied.remove(meter.getId().hashCode())) {
			// There was no room for it before.
			this.deniedTotal.decrementAndGet();
		}
	}

	private void count(Meter meter, int change) {
		this.series.merge(meter.getId().getName(), change, (before, added) -> {
			int now = before + added;
			return (now != 0) ? now : null;
		});
		this.total.addAndGet(change);
	}

	private MeterFilterReply accept(MeterRegistry registry, Meter.Id id) {
		String name = id.getName();
		if (this.series.getOrDefault(name, 0) >= this.maxSeriesPerMeter) {
			if (this.told.add(name)) {
				this.log.accept(tooManyOf(registry, name));
			}
		}
		else if (this.total.get() >= this.maxSeries) {
			if (this.toldInAll.compareAndSet(false, true)) {
				this.log.accept(tooMany());
			}
		}
		else {
			return MeterFilterReply.NEUTRAL;
		}
		deny(id);
		return MeterFilterReply.DENY;
	}

	/**
	 * Micrometer asks again for each measurement of a series that was denied.
	 */
	private void deny(Meter.Id id) {
		if (this.deniedTotal.get() < MAX_DENIED
				&& this.denied.computeIfAbsent(id.getName(), (name) -> ConcurrentHashMap.newKeySet())
					.add(id.hashCode())) {
			this.deniedTotal.incrementAndGet();
		}
	}

	private String tooManyOf(MeterRegistry registry, String name) {
		Map<String, Set<String>> values = new TreeMap<>();
		registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().equals(name))
			.flatMap((id) -> id.getTags().stream())
			.forEach((tag) -> values.computeIfAbsent(tag.getKey(), (key) -> new HashSet<>()).add(tag.getValue()));
		String blamed = values.entrySet()
			.stream()
			.max(Comparator.comparingInt((tag) -> tag.getValue().size()))
			.map((tag) -> ", " + tag.getValue().size() + " values of its tag '" + tag.getKey() + "' among them")
			.orElse("");
		return "Meter '" + name + "' has " + this.maxSeriesPerMeter + " series" + blamed
				+ "; no more are exported. Give it fewer, or raise '" + MetricsProperties.PREFIX
				+ ".max-series-per-meter'.";
	}

	private String tooMany() {
		String most = this.series.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
			.limit(3)
			.map((meter) -> "'" + meter.getKey() + "' (" + meter.getValue() + ")")
			.collect(Collectors.joining(", "));
		return "All meters together have " + this.maxSeries + " series, most of them " + most
				+ "; no more are exported. Give them fewer, or raise '" + MetricsProperties.PREFIX + ".max-series'.";
	}

}
