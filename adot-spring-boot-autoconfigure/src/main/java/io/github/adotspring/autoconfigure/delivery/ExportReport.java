package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Says once, when the application is ready, where each signal goes, and warns once of
 * what is missing for it. What may take the network happens on a thread of the delivery,
 * unless the user wants the application to fail fast.
 */
final class ExportReport implements ApplicationListener<ApplicationReadyEvent>, SmartInitializingSingleton, Ordered {

	private static final Log logger = LogFactory.getLog("io.github.adotspring");

	private final boolean failFast;

	private final Duration timeout;

	private final ExportDescriptions descriptions;

	private final DeliveryExecutor executor;

	private final QuietLog log;

	private final ApplicationContext context;

	ExportReport(boolean failFast, Duration timeout, ExportDescriptions descriptions, DeliveryExecutor executor,
			QuietLog log, ApplicationContext context) {
		this.failFast = failFast;
		this.timeout = timeout;
		this.descriptions = descriptions;
		this.executor = executor;
		this.log = log;
		this.context = context;
	}

	/**
	 * Refuse to start with a configuration that is wrong, and without region and
	 * credentials if the user wants that.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.descriptions.check();
		if (!this.failFast) {
			return;
		}
		try {
			CompletableFuture
				.runAsync(() -> signed().forEach(this.descriptions::requireConfigured), this.executor::execute)
				.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS)
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof AwsConfigurationException cause) ? cause : ex;
		}
	}

	/**
	 * Before the application's own listeners, so that the report follows Boot's
	 * "Started".
	 */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (event.getApplicationContext() != this.context) {
			return;
		}
		if (signed().isEmpty()) {
			logger.info(report());
		}
		else {
			this.executor.execute(() -> {
				logger.info(report());
				warnOfMissing();
			});
		}
	}

	private List<Signal> signed() {
		return Arrays.stream(Signal.values()).filter(this.descriptions::isSigned).toList();
	}

	private String report() {
		StringBuilder report = new StringBuilder("ADOT Spring Boot starter exports");
		for (Signal signal : List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS)) {
			String label = signal.displayName();
			for (String destination : this.descriptions.describe(signal)) {
				report.append("%n  %-7s -> %s".formatted(label, destination));
				label = "";
			}
		}
		return report.toString();
	}

	private void warnOfMissing() {
		try {
			signed().forEach(this.descriptions::requireConfigured);
		}
		catch (AwsConfigurationException ex) {
			this.log.warnOnce(ex.getMessage() + " " + ex.fix());
		}
		signed().forEach((signal) -> this.descriptions.warnings(signal).forEach(this.log::warnOnce));
	}

}
