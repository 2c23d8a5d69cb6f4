package io.github.adotspring.autoconfigure.logging;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Captures records from when Spring Boot has configured logging, and again where it was
 * configured anew while the application started. After upstream's listener, which comes
 * right after Boot's.
 */
final class LogCaptureListener implements ApplicationListener<SpringApplicationEvent>, Ordered {

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 2;
	}

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		LogCapture capture = JvmLogging.capture();
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			capture.expect(event.getSpringApplication(), prepared.getEnvironment());
		}
		else if (event instanceof ApplicationPreparedEvent) {
			capture.restore();
		}
		else if (event instanceof ApplicationReadyEvent) {
			capture.giveUp(event.getSpringApplication());
			capture.restore();
		}
		else if (event instanceof ApplicationFailedEvent) {
			capture.giveUp(event.getSpringApplication());
		}
	}

}
