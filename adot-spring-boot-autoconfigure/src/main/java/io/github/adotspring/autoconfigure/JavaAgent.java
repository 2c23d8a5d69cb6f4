package io.github.adotspring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Recognises the OpenTelemetry java agent and its distributions, ADOT's among them, by
 * the class that starts them.
 */
final class JavaAgent {

	private static final String AGENT_CLASS = "io.opentelemetry.javaagent.OpenTelemetryAgent";

	private JavaAgent() {
	}

	/**
	 * Whether the agent is attached: it is on the class path of the JVM then, whatever
	 * that of the application.
	 */
	static boolean isAttached(@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent(AGENT_CLASS, classLoader);
	}

}
