package io.github.adotspring.autoconfigure.awssdk;

import io.github.adotspring.autoconfigure.aws.OwnCalls;
import io.opentelemetry.api.OpenTelemetry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The tracing of AWS SDK clients in one application context, from when its
 * {@link OpenTelemetry} exists until the context is closed.
 */
final class ContextTracing implements SmartInitializingSingleton, BeanClassLoaderAware, DisposableBean {

	private static final Log logger = LogFactory.getLog("io.github.adotspring");

	/** Of upstream's artifact for applications without a starter. */
	private static final String OTHER_INTERCEPTOR = "io/opentelemetry/instrumentation/awssdk/v2_2/autoconfigure/TracingExecutionInterceptor.class";

	private final ObjectProvider<OpenTelemetry> openTelemetry;

	private final InterceptorFactory interceptors;

	private final ExcludedOperations excluded;

	private volatile @Nullable ExecutionInterceptor interceptor;

	private boolean ended;

	ContextTracing(ExcludedOperations excluded, ObjectProvider<OpenTelemetry> openTelemetry,
			InterceptorFactory interceptors) {
		this.openTelemetry = openTelemetry;
		this.interceptors = interceptors;
		this.excluded = excluded;
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		if (classLoader.getResource(OTHER_INTERCEPTOR) != null) {
			logger.warn("opentelemetry-aws-sdk-2.2-autoconfigure is on the class path and takes the calls of AWS SDK "
					+ "clients from this starter, for an OpenTelemetry that is not the application's. Remove it.");
		}
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
			try {
				this.interceptor = this.interceptors.create(openTelemetry);
				TracedContexts.add(this);
			}
			catch (LinkageError ex) {
				this.ended = true;
				logger.warn("AWS SDK clients are not traced: opentelemetry-aws-sdk-2.2 does not fit the version of "
						+ "OpenTelemetry on the class path. Import opentelemetry-instrumentation-bom-alpha in the version of "
						+ "the instrumentation. The cause: " + ex);
			}
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
