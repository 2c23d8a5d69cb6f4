package io.github.adotspring.autoconfigure.logging;

import io.opentelemetry.api.OpenTelemetry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Tells the capture when the {@link OpenTelemetry} of its context exists, which is early,
 * and when it is closed, which is late: what beans log in between is exported.
 */
final class OpenTelemetryBeans implements DestructionAwareBeanPostProcessor {

	private final ObjectProvider<ContextCapture> capture;

	OpenTelemetryBeans(ObjectProvider<ContextCapture> capture) {
		this.capture = capture;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof OpenTelemetry openTelemetry) {
			this.capture.ifAvailable((capture) -> capture.begin(openTelemetry));
		}
		return bean;
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof OpenTelemetry;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		if (bean instanceof OpenTelemetry openTelemetry) {
			this.capture.ifAvailable((capture) -> capture.end(openTelemetry));
		}
	}

}
