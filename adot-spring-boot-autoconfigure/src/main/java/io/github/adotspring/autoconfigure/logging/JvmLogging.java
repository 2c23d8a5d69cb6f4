package io.github.adotspring.autoconfigure.logging;

import java.util.ArrayList;
import java.util.List;

import org.springframework.util.ClassUtils;

/**
 * Capturing of records in this JVM. It is static because logging is: all contexts of the
 * JVM log through one configuration, which begins before the first and outlives them, and
 * forgets what it holds when it is reset.
 */
final class JvmLogging {

	private static final LogCapture CAPTURE = new LogCapture(frameworks());

	private JvmLogging() {
	}

	static LogCapture capture() {
		return CAPTURE;
	}

	private static List<CapturedFramework> frameworks() {
		List<CapturedFramework> frameworks = new ArrayList<>();
		if (isPresent("ch.qos.logback.classic.LoggerContext",
				"io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender")) {
			frameworks.add(new LogbackCapture());
		}
		if (isPresent("org.apache.logging.log4j.core.LoggerContext",
				"io.opentelemetry.instrumentation.log4j.appender.v2_17.OpenTelemetryAppender")) {
			frameworks.add(new Log4jCapture());
		}
		return frameworks;
	}

	private static boolean isPresent(String... classes) {
		for (String name : classes) {
			if (!ClassUtils.isPresent(name, JvmLogging.class.getClassLoader())) {
				return false;
			}
		}
		return true;
	}

}
