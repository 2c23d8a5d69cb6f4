package io.github.adotspring.autoconfigure.awssdk;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.awssdk.v2_2.AwsSdkTelemetry;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Has the messages that a client which is a bean receives processed in spans, as upstream
 * does it: one for each message that a loop takes from the list of them.
 */
final class SqsClientBeans implements BeanPostProcessor {

	// Only exchanges the list of messages; the spans are made by the interceptor of the
	// client, which puts the list that makes them where this finds it.
	private final AwsSdkTelemetry lists = AwsSdkTelemetry.create(OpenTelemetry.noop());

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof SqsClient client) {
			return this.lists.wrap(client);
		}
		if (bean instanceof SqsAsyncClient client) {
			return CallersContext.keptBy(this.lists.wrap(client));
		}
		return bean;
	}

}
