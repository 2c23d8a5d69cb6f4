package io.github.adotspring.autoconfigure.logging;

import java.util.List;

import io.github.adotspring.autoconfigure.LogsConfiguration;
import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Reads what is captured of a record from the environment, because records are captured
 * before there are beans. What {@code management.adot.*} leaves open, upstream's
 * properties for the appender of the logging framework decide.
 */
final class CaptureSettings {

	private final Environment environment;

	private final Binder binder;

	private final String upstream;

	private CaptureSettings(Environment environment, String instrumentation) {
		this.environment = environment;
		this.binder = Binder.get(environment);
		this.upstream = "otel.instrumentation." + instrumentation + ".experimental";
	}

	/**
	 * The settings for a logging framework, {@code null} if its records are not captured.
	 */
	static @Nullable Capture of(Environment environment, CapturedFramework framework) {
		if (!LogsConfiguration.isCaptured(environment, framework.instrumentation())) {
			return null;
		}
		try {
			return new CaptureSettings(environment, framework.instrumentation()).read(framework);
		}
		catch (BindException ex) {
			// Binding the properties reports the value.
			return null;
		}
	}

	private Capture read(CapturedFramework framework) {
		Capture ours = this.binder.bindOrCreate(Capture.PREFIX, Bindable.of(Capture.class));
		return new Capture(ours.enabled(), choose("thread", ours.thread(), "-log-attributes"),
				choose("code", ours.code(), ".capture-code-attributes"),
				choose("markers", ours.markers(), ".capture-marker-attribute"),
				choose("key-values", ours.keyValues(), framework.keyValuesProperty()),
				choose("arguments", ours.arguments(), ".capture-arguments"), mdc(ours.mdc()), ours.bufferSize());
	}

	private boolean choose(String name, boolean value, String upstreams) {
		return (this.environment.getProperty(Capture.PREFIX + "." + name) != null) ? value
				: this.environment.getProperty(this.upstream + upstreams, Boolean.class, value);
	}

	private List<String> mdc(List<String> ours) {
		Bindable<List<String>> keys = Bindable.listOf(String.class);
		return this.binder.bind(Capture.PREFIX + ".mdc", keys).isBound() ? ours
				: this.binder.bind(this.upstream + ".capture-mdc-attributes", keys).orElse(ours);
	}

}
