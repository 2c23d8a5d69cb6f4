package io.github.adotspring.autoconfigure.logging;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The records of Logback and Log4j2 in the SDK, without a change of the application's
 * logging configuration. They are captured before there are beans; see
 * {@link LogCaptureListener}.
 */
@AutoConfiguration(after = OpenTelemetryAutoConfiguration.class)
@ConditionalOnEnabledAdot
@ConditionalOnBooleanProperty(name = LoggingProperties.PREFIX + ".capture.enabled", matchIfMissing = true)
@Conditional(CaptureAutoConfiguration.OnLoggingFramework.class)
public final class CaptureAutoConfiguration {

	CaptureAutoConfiguration() {
	}

	// Nothing asks for it, so a lazy application would go without.
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	ContextCapture adotLogCapture(Environment environment, ObjectProvider<OpenTelemetry> openTelemetry) {
		return new ContextCapture(JvmLogging.capture(), environment, openTelemetry);
	}

	@Bean
	@ConditionalOnMissingBean
	static OpenTelemetryBeans adotLogCaptureBeans(ObjectProvider<ContextCapture> capture) {
		return new OpenTelemetryBeans(capture);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(LoggingProperties.Capture.PREFIX + ".code")
	static CodeAttributes adotLogCodeAttributes() {
		return new CodeAttributes();
	}

	/**
	 * There is Logback, or Log4j2 itself and not only its API.
	 */
	static final class OnLoggingFramework extends AnyNestedCondition {

		OnLoggingFramework() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@ConditionalOnClass(name = { "ch.qos.logback.classic.LoggerContext",
				"io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender" })
		static final class Logback {

		}

		@ConditionalOnClass(name = { "org.apache.logging.log4j.core.LoggerContext",
				"io.opentelemetry.instrumentation.log4j.appender.v2_17.OpenTelemetryAppender" })
		static final class Log4j {

		}

	}

}
