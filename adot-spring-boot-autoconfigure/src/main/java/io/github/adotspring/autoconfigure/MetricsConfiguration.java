package io.github.adotspring.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What follows for both sources of metrics, Boot's registry and the SDK, from where
 * metrics go. It reads the environment before properties are bound and leaves what is not
 * valid to those.
 */
final class MetricsConfiguration {

	private static final String PREFIX = AdotProperties.PREFIX + ".metrics";

	/** Each measurement stands for itself, so each must be there once. */
	private static final Set<MetricsExportTo> DELTA = Set.of(MetricsExportTo.EMF, MetricsExportTo.CLOUDWATCH_API);

	private MetricsConfiguration() {
	}

	/**
	 * Whether the user says that metrics go nowhere.
	 */
	static boolean isOff(Environment environment) {
		return destinations(environment).contains(MetricsExportTo.NONE) || isOffInTheSdk(environment);
	}

	/**
	 * Boot's registry comes with the starter, so it is off with it, unless the user says
	 * where it sends to.
	 * @return {@code false} or {@code null}
	 */
	static @Nullable String registryEnabled(Environment environment) {
		boolean starter = environment.getProperty(AdotProperties.PREFIX + ".enabled", Boolean.class, true)
				&& !environment.getProperty("otel.sdk.disabled", Boolean.class, false);
		return (starter || environment.getProperty("management.otlp.metrics.export.url") != null) ? null : "false";
	}

	/**
	 * The SDK's own property, unless the starter's say where metrics go.
	 */
	private static boolean isOffInTheSdk(Environment environment) {
		return !isChosen(environment)
				&& "none".equalsIgnoreCase(environment.getProperty("otel.metrics.exporter", "").trim());
	}

	private static boolean isChosen(Environment environment) {
		return destinations(environment).stream().anyMatch((destination) -> destination != MetricsExportTo.AUTO);
	}

	/**
	 * The exporter of the SDK where the starter's properties say where metrics go.
	 * @return {@code otlp} or {@code none}, {@code null} if they don't
	 */
	static @Nullable String exporter(Environment environment) {
		if (!isChosen(environment)) {
			return null;
		}
		boolean off = destinations(environment).contains(MetricsExportTo.NONE)
				|| BootExport.METRICS.switchedOff(environment) != null;
		return off ? "none" : "otlp";
	}

	/**
	 * Whether instrumentation measures what Micrometer does, too.
	 */
	static boolean isInstrumentation(Environment environment) {
		return environment.getProperty(PREFIX + ".instrumentation", Boolean.class, false);
	}

	/**
	 * The temporality that wins over Boot's and the SDK's own properties: the one that is
	 * chosen, or the only one that the destinations can carry.
	 * @return {@code cumulative} or {@code delta}, {@code null} if both will do
	 */
	static @Nullable String requiredTemporality(Environment environment) {
		ConfiguredValue chosen = ConfiguredValue.firstOf(environment, PREFIX + ".temporality");
		if (chosen != null) {
			return chosen.value().toLowerCase(Locale.ROOT);
		}
		List<MetricsExportTo> destinations = destinations(environment);
		if (!destinations.isEmpty() && DELTA.containsAll(destinations)) {
			return "delta";
		}
		boolean required = destinations.contains(MetricsExportTo.AMP)
				|| destinations.stream().anyMatch(DELTA::contains);
		return required ? "cumulative" : null;
	}

	/**
	 * The temporality if nobody says anything: that of the SDK's property, to have one
	 * for both sources.
	 */
	static String defaultTemporality(Environment environment) {
		ConfiguredValue preference = ConfiguredValue.firstOf(environment,
				"otel.exporter.otlp.metrics.temporality.preference");
		return (preference != null && preference.value().equalsIgnoreCase("delta")) ? "delta" : "cumulative";
	}

	/**
	 * Boot's default, unless all destinations get the maximum with the histogram itself:
	 * a gauge beside it would be paid for twice.
	 * @return {@code false} or {@code null}
	 */
	static @Nullable String maxGaugeForHistograms(Environment environment) {
		List<MetricsExportTo> destinations = destinations(environment);
		return (!destinations.isEmpty() && DELTA.containsAll(destinations)) ? "false" : null;
	}

	/**
	 * Boot's default of milliseconds, but seconds for Prometheus, whose names carry the
	 * unit.
	 * @return {@code seconds} or {@code null}
	 */
	static @Nullable String baseTimeUnit(Environment environment) {
		return destinations(environment).contains(MetricsExportTo.AMP) ? "seconds" : null;
	}

	private static List<MetricsExportTo> destinations(Environment environment) {
		List<String> own = Binder.get(environment)
			.bind(PREFIX + ".export.to", Bindable.listOf(String.class))
			.orElseGet(List::of);
		if (!own.isEmpty()) {
			return own.stream().map(MetricsConfiguration::destination).filter(Objects::nonNull).toList();
		}
		String general = environment.getProperty(AdotProperties.PREFIX + ".export.to", "").trim();
		if (general.equalsIgnoreCase("aws")) {
			return List.of(MetricsExportTo.CLOUDWATCH);
		}
		MetricsExportTo destination = destination(general);
		return (destination != null) ? List.of(destination) : List.of();
	}

	private static @Nullable MetricsExportTo destination(String value) {
		for (MetricsExportTo candidate : MetricsExportTo.values()) {
			if (candidate.key().equalsIgnoreCase(value.trim().replace('_', '-'))) {
				return candidate;
			}
		}
		return null;
	}

}
