package io.github.adotspring.autoconfigure.logging;

import ch.qos.logback.classic.LoggerContext;
import io.github.adotspring.autoconfigure.LogCorrelation;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Switches correlation on or off as soon as the environment says what is wanted, once
 * Boot has set up logging. It needs no beans: a line names its trace whether or not
 * anything is exported.
 */
final class LogCorrelationListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final String UPSTREAM = "otel.instrumentation.logback-mdc.enabled";

	LogCorrelationListener() {
	}

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		Environment environment = event.getEnvironment();
		boolean on = LogCorrelation.isOn(environment);
		ClassLoader classLoader = event.getSpringApplication().getClassLoader();
		if (isPresent(classLoader, "ch.qos.logback.classic.LoggerContext", "org.slf4j.LoggerFactory")) {
			Logback.apply(on ? logbackIds(environment) : null);
		}
		if (isPresent(classLoader, "org.apache.logging.log4j.core.util.ContextDataProvider")) {
			Log4jCorrelation.apply(on ? CorrelationIds.of(environment) : null);
		}
	}

	private static CorrelationIds logbackIds(Environment environment) {
		return environment.getProperty(UPSTREAM, Boolean.class, false) ? CorrelationIds.ofXray()
				: CorrelationIds.of(environment);
	}

	private static boolean isPresent(ClassLoader classLoader, String... names) {
		for (String name : names) {
			if (!ClassUtils.isPresent(name, classLoader)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Only loaded where there is Logback, which need not be what SLF4J logs to.
	 */
	private static final class Logback {

		static void apply(@Nullable CorrelationIds ids) {
			if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
				LogbackCorrelation.apply(context, ids);
			}
		}

	}

}
