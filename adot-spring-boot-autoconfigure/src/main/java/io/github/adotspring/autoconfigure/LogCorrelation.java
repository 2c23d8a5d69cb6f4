package io.github.adotspring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Whether log lines name their trace, which is decided before there are any beans.
 */
public final class LogCorrelation {

	/**
	 * Key in the MDC of an event of what X-Ray calls the trace and the span, the key of
	 * the X-Ray SDK and of the ADOT agent.
	 */
	public static final String XRAY_KEY = "AWS-XRAY-TRACE-ID";

	private LogCorrelation() {
	}

	/**
	 * Ask the switches.
	 * @param environment where to look
	 * @return whether log lines name their trace
	 */
	public static boolean isOn(Environment environment) {
		return LogsConfiguration.isStarterOn(environment)
				&& environment.getProperty(AdotProperties.PREFIX + ".logging.correlation.enabled", Boolean.class, true);
	}

	/**
	 * Boot's own {@code %correlationId} would leave a column of blanks as wide as an id
	 * in lines outside of spans; this leaves one space.
	 */
	static @Nullable String pattern(Environment environment) {
		return isOn(environment) ? "%X{" + XRAY_KEY + "} " : null;
	}

	/**
	 * Off is off: upstream's does not take over.
	 */
	static @Nullable String upstreamEnabled(Environment environment) {
		return LogsConfiguration.isStarterOn(environment) ? "false" : null;
	}

}
