package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.sampling.AdaptiveProperties.CaptureLimit;
import io.github.adotspring.autoconfigure.sampling.AdaptiveProperties.Condition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * The YAML by which the ADOT agent is told of anomalies: its text, or a file with it.
 *
 * @param version version of the format
 * @param anomalyConditions what is an anomaly, {@code null} for the default
 * @param anomalyCaptureLimit how many traces are captured, {@code null} for the default
 */
record AdaptiveDocument(@Nullable Double version, @Nullable List<Condition> anomalyConditions,
		@Nullable CaptureLimit anomalyCaptureLimit) {

	static final String PROPERTY = "aws.xray.adaptive.sampling.config";

	private static final String ROOT = "document";

	/** What Spring Boot calls the text of a document that has no names. */
	private static final String PLAIN_TEXT = ROOT + ".document";

	private static final String RULE = "it must be a document for adaptive sampling, or the path of a file with one";

	private static final String FIX = "Write 'version: 1.0' and, if need be, 'anomalyConditions' and "
			+ "'anomalyCaptureLimit', or use '" + AdaptiveProperties.PREFIX + ".*'.";

	/**
	 * Read a document.
	 * @param value its text, or the path of a file
	 * @throws InvalidAdotConfigurationException if it is none
	 */
	static AdaptiveSettings.Local read(String value) {
		AdaptiveDocument document = bind(value);
		if (document.version == null) {
			throw new InvalidAdotConfigurationException(PROPERTY, value, RULE + " (it has no version)", FIX);
		}
		return new AdaptiveFormat(PROPERTY + ":").read(document.version, document.anomalyConditions,
				document.anomalyCaptureLimit);
	}

	private static AdaptiveDocument bind(String value) {
		try {
			Binder binder = new Binder(new MapConfigurationPropertySource(properties(text(value))));
			return binder.bindOrCreate(ROOT, Bindable.of(AdaptiveDocument.class),
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT, (source) -> true));
		}
		catch (IOException | RuntimeException ex) {
			throw new InvalidAdotConfigurationException(PROPERTY, value, RULE + " (" + reason(ex) + ")", FIX);
		}
	}

	private static String text(String value) throws IOException {
		Path file = file(value);
		return (file != null) ? Files.readString(file, StandardCharsets.UTF_8) : value;
	}

	private static @Nullable Path file(String value) {
		try {
			Path path = Path.of(value.trim());
			return Files.isRegularFile(path) ? path : null;
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

	private static Map<String, Object> properties(String yaml) throws IOException {
		Map<String, Object> properties = new HashMap<>();
		ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
		for (PropertySource<?> source : new YamlPropertySourceLoader().load(ROOT, resource)) {
			EnumerablePropertySource<?> enumerable = (EnumerablePropertySource<?>) source;
			for (String name : enumerable.getPropertyNames()) {
				properties.put(ROOT + "." + name, enumerable.getProperty(name));
			}
		}
		if (properties.containsKey(PLAIN_TEXT)) {
			throw new IOException("there is no such file");
		}
		return properties;
	}

	private static String reason(Throwable ex) {
		Throwable cause = ex;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage()).replace(ROOT + ".", "");
	}

}
