package io.github.adotspring.autoconfigure.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Decides whose SDK gets the records: that of the context which opened last and is still
 * open. While none is open and an application starts, records are kept for it. Otherwise
 * they are not captured.
 */
final class LogCapture {

	private static final Log logger = LogFactory.getLog("io.github.adotspring");

	private final List<CapturedFramework> frameworks;

	private final List<ContextCapture> open = new ArrayList<>();

	private @Nullable Start start;

	LogCapture(List<CapturedFramework> frameworks) {
		this.frameworks = new ArrayList<>(frameworks);
	}

	/**
	 * An application starts.
	 * @param application what tells it from others
	 */
	synchronized void expect(Object application, Environment environment) {
		this.start = new Start(application, environment);
		if (this.open.isEmpty()) {
			forEach((framework) -> attach(framework, environment));
		}
	}

	/**
	 * An application started without a context that exports records, or failed to start.
	 */
	synchronized void giveUp(Object application) {
		if (this.start != null && this.start.application() == application) {
			this.start = null;
			follow();
		}
	}

	/**
	 * Look whether a new configuration of the logging framework lost what captures.
	 */
	synchronized void restore() {
		forEach(CapturedFramework::restore);
	}

	/**
	 * A context has an SDK.
	 */
	synchronized void begin(ContextCapture context) {
		if (!this.open.contains(context)) {
			this.open.add(context);
			this.start = null;
			follow();
		}
	}

	/**
	 * The SDK of a context is about to end.
	 */
	synchronized void end(ContextCapture context) {
		if (this.open.remove(context)) {
			follow();
		}
	}

	private void follow() {
		if (!this.open.isEmpty()) {
			ContextCapture latest = this.open.get(this.open.size() - 1);
			forEach((framework) -> send(framework, latest));
			return;
		}
		forEach(CapturedFramework::detach);
		Start start = this.start;
		if (start != null) {
			forEach((framework) -> attach(framework, start.environment()));
		}
	}

	private static boolean attach(CapturedFramework framework, Environment environment) {
		Capture settings = CaptureSettings.of(environment, framework);
		if (settings == null) {
			framework.detach();
			return false;
		}
		framework.attach(settings);
		return true;
	}

	private static void send(CapturedFramework framework, ContextCapture context) {
		if (attach(framework, context.environment())) {
			framework.send(context.openTelemetry());
		}
	}

	/**
	 * Whatever happens, it must not hurt the application, which would only have logged.
	 */
	private void forEach(Consumer<CapturedFramework> action) {
		for (CapturedFramework framework : List.copyOf(this.frameworks)) {
			try {
				action.accept(framework);
			}
			catch (RuntimeException | LinkageError ex) {
				this.frameworks.remove(framework);
				logger.warn("Log records are not exported: the " + framework.instrumentation()
						+ " of OpenTelemetry does not fit the class path. The cause: " + ex);
			}
		}
	}

	/**
	 * An application that starts.
	 *
	 * @param application what tells it from others
	 * @param environment its environment
	 */
	private record Start(Object application, Environment environment) {

	}

}
