package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;

import io.opentelemetry.api.OpenTelemetry;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Tells clients of the AWS SDK that are beans which context they belong to, and the
 * context when its {@link OpenTelemetry} exists.
 */
final class AwsClientBeans implements BeanPostProcessor {

	private final ObjectProvider<ContextTracing> tracing;

	AwsClientBeans(ObjectProvider<ContextTracing> tracing) {
		this.tracing = tracing;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof OpenTelemetry openTelemetry) {
			this.tracing.ifAvailable((tracing) -> tracing.begin(openTelemetry));
		}
		else if (bean instanceof SdkClient client) {
			this.tracing.ifAvailable((tracing) -> bind(client, tracing));
		}
		return bean;
	}

	private static void bind(SdkClient client, ContextTracing tracing) {
		for (ExecutionInterceptor interceptor : interceptors(client)) {
			if (interceptor instanceof AwsSdkExecutionInterceptor ours) {
				ours.bind(tracing);
			}
		}
	}

	private static Iterable<ExecutionInterceptor> interceptors(SdkClient client) {
		try {
			return client.serviceClientConfiguration().overrideConfiguration().executionInterceptors();
		}
		catch (UnsupportedOperationException ex) {
			// What a client says that was written by hand. It belongs to the last
			// context, as those that are no beans.
			return List.of();
		}
	}

}
