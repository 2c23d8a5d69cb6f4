package io.github.adotspring.autoconfigure.awssdk;

import io.github.adotspring.autoconfigure.aws.OwnCalls;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The tracing of AWS SDK clients in one application context, from when its
 * {@link OpenTelemetry} exists until the context is closed.
 */
final class ContextTracing implements SmartInitializingSingleton, DisposableBean {

	private final AwsSdkProperties properties;

	private final ObjectProvider<OpenTelemetry> openTelemetry;

	private final InterceptorFactory interceptors;

	private final ExcludedOperations excluded;

	private volatile @Nullable ExecutionInterceptor interceptor;

	private boolean ended;

	ContextTracing(AwsSdkProperties properties, ObjectProvider<OpenTelemetry> openTelemetry,
			InterceptorFactory interceptors) {
		this.properties = properties;
		this.openTelemetry = openTelemetry;
		this.interceptors = interceptors;
		this.excluded = ExcludedOperations.of(this.properties.excludedOperations());
	}

	/**
	 * Begin, at the latest. Earlier, an application that asks AWS while it starts is
	 * traced by what {@link AwsClientBeans} sees.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.openTelemetry.ifAvailable(this::begin);
	}

	synchronized void begin(OpenTelemetry openTelemetry) {
		if (this.interceptor == null && !this.ended) {
			this.interceptor = this.interceptors.create(openTelemetry);
			TracedContexts.add(this);
		}
	}

	/**
	 * What traces a call, {@code null} if nothing does.
	 */
	@Nullable ExecutionInterceptor interceptorFor(ExecutionAttributes call) {
		ExecutionInterceptor interceptor = this.interceptor;
		if (interceptor == null || OwnCalls.isCurrent()
				|| this.excluded.contains(call.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
						call.getAttribute(SdkExecutionAttribute.OPERATION_NAME))) {
			return null;
		}
		return interceptor;
	}

	/**
	 * Let go of the SDK. Clients that live on keep this object, which then does nothing.
	 */
	@Override
	public synchronized void destroy() {
		this.ended = true;
		TracedContexts.remove(this);
		this.interceptor = null;
	}

	/**
	 * Makes the interceptor of a context.
	 */
	interface InterceptorFactory {

		ExecutionInterceptor create(OpenTelemetry openTelemetry);

	}

}
