package io.github.adotspring.autoconfigure.logging;

import java.util.Objects;

import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/**
 * The export of records by one application context, from when its {@link OpenTelemetry}
 * exists until that is closed.
 */
final class ContextCapture implements SmartInitializingSingleton, DisposableBean {

	private final LogCapture capture;

	private final Environment environment;

	private final ObjectProvider<OpenTelemetry> provider;

	/** Read while another context begins or ends, which must not wait for this one. */
	private volatile @Nullable OpenTelemetry openTelemetry;

	private boolean ended;

	ContextCapture(LogCapture capture, Environment environment, ObjectProvider<OpenTelemetry> openTelemetry) {
		this.capture = capture;
		this.environment = environment;
		this.provider = openTelemetry;
	}

	/**
	 * Begin, at the latest. Earlier, {@link OpenTelemetryBeans} notices the SDK.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.provider.ifAvailable(this::begin);
	}

	synchronized void begin(OpenTelemetry openTelemetry) {
		if (this.openTelemetry == null && !this.ended) {
			this.openTelemetry = openTelemetry;
			this.capture.begin(this);
		}
	}

	synchronized void end(OpenTelemetry openTelemetry) {
		if (this.openTelemetry == openTelemetry) {
			destroy();
		}
	}

	Environment environment() {
		return this.environment;
	}

	OpenTelemetry openTelemetry() {
		return Objects.requireNonNullElseGet(this.openTelemetry, OpenTelemetry::noop);
	}

	@Override
	public synchronized void destroy() {
		this.ended = true;
		this.capture.end(this);
		this.openTelemetry = null;
	}

}
