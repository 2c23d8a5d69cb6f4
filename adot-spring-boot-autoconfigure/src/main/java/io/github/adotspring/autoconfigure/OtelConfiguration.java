package io.github.adotspring.autoconfigure;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The configuration of the SDK below the user's own {@code otel.*}: our defaults, and
 * above them what Spring Boot users already have in {@code management.*} for the same
 * things.
 */
public final class OtelConfiguration {

	private static final String HISTOGRAMS = "otel.exporter.otlp.metrics.default.histogram.aggregation";

	private final Environment environment;

	private final Binder binder;

	private final Map<String, String> properties = new HashMap<>();

	private OtelConfiguration(Environment environment) {
		this.environment = environment;
		this.binder = Binder.get(environment);
	}

	/**
	 * Read the environment.
	 * @param environment the complete environment of the application
	 * @return {@code otel.*} properties
	 */
	public static Map<String, String> of(Environment environment) {
		OtelConfiguration configuration = new OtelConfiguration(environment);
		configuration.defaults();
		configuration.propagation();
		configuration.sampling();
		configuration.batching("management.opentelemetry.tracing.export", "otel.bsp");
		configuration.batching("management.opentelemetry.logging.export", "otel.blrp");
		configuration.spanLimits();
		configuration.exporter("management.opentelemetry.tracing.export.otlp", "otel.exporter.otlp.traces");
		configuration.exporter("management.opentelemetry.logging.export.otlp", "otel.exporter.otlp.logs");
		configuration.metrics();
		return configuration.properties;
	}

	private void defaults() {
		this.properties.put("otel.propagators", String.join(",", traceHeaders()) + ",baggage");
		this.properties.put("otel.exporter.otlp.compression", "gzip");
		// Percentiles survive, and one of them is one series.
		this.properties.put(HISTOGRAMS, "BASE2_EXPONENTIAL_BUCKET_HISTOGRAM");
		// As for Micrometer's meters, see MetricsProperties.
		this.properties.put("otel.java.metrics.cardinality.limit", "1000");
		// The metrics of the SDK itself, under the names of the conventions.
		this.properties.put("otel.experimental.sdk.telemetry.version", "latest");
		// Command lines carry passwords, and X-Ray limits the size of a resource.
		this.properties.put("otel.resource.disabled.keys", "process.command_args,process.command_line");
	}

	/**
	 * Names of propagators, of which the last that finds a parent wins: the caller's own
	 * header rather than that of a load balancer between, and in a Lambda function what
	 * the function was invoked with.
	 */
	private List<String> traceHeaders() {
		return this.environment.containsProperty("AWS_LAMBDA_FUNCTION_NAME") ? List.of("tracecontext", "xray-lambda")
				: List.of("xray", "tracecontext");
	}

	private void propagation() {
		List<String> types = this.binder.bind("management.tracing.propagation.type", Bindable.listOf(String.class))
			.orElseGet(() -> this.binder.bind("management.tracing.propagation.produce", Bindable.listOf(String.class))
				.orElseGet(List::of));
		List<String> propagators = new ArrayList<>();
		types.forEach((type) -> propagators.add(propagator(type)));
		boolean baggage = this.environment.getProperty("management.tracing.baggage.enabled", Boolean.class, true);
		if (propagators.isEmpty() && !baggage) {
			propagators.addAll(traceHeaders());
		}
		else if (!propagators.isEmpty() && baggage) {
			propagators.add("baggage");
		}
		if (!propagators.isEmpty()) {
			this.properties.put("otel.propagators", String.join(",", propagators));
		}
	}

	private static String propagator(String type) {
		return switch (constant(type)) {
			case "W3C" -> "tracecontext";
			case "B3_MULTI" -> "b3multi";
			default -> type.toLowerCase(Locale.ROOT);
		};
	}

	private void sampling() {
		String sampler = this.environment.getProperty("management.opentelemetry.tracing.sampler");
		String probability = this.environment.getProperty("management.tracing.sampling.probability");
		if (sampler != null) {
			this.properties.put("otel.traces.sampler", switch (constant(sampler)) {
				case "ALWAYS_ON" -> "always_on";
				case "ALWAYS_OFF" -> "always_off";
				case "TRACE_ID_RATIO" -> "traceidratio";
				case "PARENT_BASED_ALWAYS_ON" -> "parentbased_always_on";
				case "PARENT_BASED_ALWAYS_OFF" -> "parentbased_always_off";
				default -> "parentbased_traceidratio";
			});
		}
		else if (probability != null) {
			this.properties.put("otel.traces.sampler", "parentbased_traceidratio");
		}
		if (probability != null) {
			this.properties.put("otel.traces.sampler.arg", probability);
		}
	}

	private void batching(String boot, String otel) {
		duration(boot + ".schedule-delay", otel + ".schedule.delay");
		duration(boot + ".timeout", otel + ".export.timeout");
		text(boot + ".max-queue-size", otel + ".max.queue.size");
		text(boot + ".max-batch-size", otel + ".max.export.batch.size");
	}

	private void spanLimits() {
		String boot = "management.opentelemetry.tracing.limits.";
		text(boot + "max-attribute-value-length", "otel.span.attribute.value.length.limit");
		text(boot + "max-attributes", "otel.span.attribute.count.limit");
		text(boot + "max-events", "otel.span.event.count.limit");
		text(boot + "max-links", "otel.span.link.count.limit");
	}

	private void exporter(String boot, String otel) {
		text(boot + ".endpoint", otel + ".endpoint");
		duration(boot + ".timeout", otel + ".timeout");
		duration(boot + ".connect-timeout", otel + ".connect.timeout");
		headers(boot + ".headers", otel + ".headers");
		String compression = this.environment.getProperty(boot + ".compression");
		if (compression != null) {
			this.properties.put(otel + ".compression", compression.toLowerCase(Locale.ROOT));
		}
		String transport = this.environment.getProperty(boot + ".transport");
		if (transport != null) {
			this.properties.put(otel + ".protocol", transport.equalsIgnoreCase("grpc") ? "grpc" : "http/protobuf");
		}
	}

	private void metrics() {
		String boot = "management.otlp.metrics.export.";
		text(boot + "url", "otel.exporter.otlp.metrics.endpoint");
		headers(boot + "headers", "otel.exporter.otlp.metrics.headers");
		duration(boot + "step", "otel.metric.export.interval");
		duration(boot + "read-timeout", "otel.exporter.otlp.metrics.timeout");
		String compression = this.environment.getProperty(boot + "compression-mode");
		if (compression != null) {
			this.properties.put("otel.exporter.otlp.metrics.compression", compression.toLowerCase(Locale.ROOT));
		}
		String temporality = this.environment.getProperty(boot + "aggregation-temporality");
		if (temporality != null) {
			this.properties.put("otel.exporter.otlp.metrics.temporality.preference",
					temporality.toLowerCase(Locale.ROOT));
		}
		String flavor = this.environment.getProperty(boot + "histogram-flavor");
		if (flavor != null) {
			this.properties.put(HISTOGRAMS, constant(flavor));
		}
	}

	private void text(String boot, String otel) {
		String value = this.environment.getProperty(boot);
		if (value != null) {
			this.properties.put(otel, value);
		}
	}

	private void duration(String boot, String otel) {
		this.binder.bind(boot, Duration.class)
			.ifBound((duration) -> this.properties.put(otel, duration.toMillis() + "ms"));
	}

	private void headers(String boot, String otel) {
		this.binder.bind(boot, Bindable.mapOf(String.class, String.class))
			.ifBound((headers) -> this.properties.put(otel,
					headers.entrySet()
						.stream()
						.map((header) -> header.getKey() + "="
								+ URLEncoder.encode(header.getValue(), StandardCharsets.UTF_8).replace("+", "%20"))
						.collect(Collectors.joining(","))));
	}

	private static String constant(String value) {
		return value.trim().replace('-', '_').toUpperCase(Locale.ROOT);
	}

}
