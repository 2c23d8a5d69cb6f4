package io.github.adotspring.autoconfigure.awssdk;

import java.io.InputStream;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What the AWS SDK puts into every client, because a file on the class path names it. It
 * passes each call on to the interceptor of an application context: of the one whose bean
 * the client is, else of the one that started last. Without a context it does nothing.
 * <p>
 * For the AWS SDK only, which makes one for each client.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/using-execution-interceptors.html">Execution
 * interceptors</a>
 */
public final class AwsSdkExecutionInterceptor implements ExecutionInterceptor {

	private static final ExecutionAttribute<ExecutionInterceptor> CHOSEN = new ExecutionAttribute<>(
			AwsSdkExecutionInterceptor.class.getName());

	private volatile @Nullable ContextTracing owner;

	/**
	 * For the AWS SDK.
	 */
	public AwsSdkExecutionInterceptor() {
	}

	/**
	 * Belong to the client that is a bean of a context.
	 */
	void bind(ContextTracing owner) {
		this.owner = owner;
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		ContextTracing owner = this.owner;
		ContextTracing tracing = (owner != null) ? owner : TracedContexts.latest();
		ExecutionInterceptor chosen = (tracing != null) ? tracing.interceptorFor(attributes) : null;
		if (chosen != null) {
			attributes.putAttribute(CHOSEN, chosen);
			chosen.beforeExecution(context, attributes);
		}
	}

	@Override
	public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
		ExecutionInterceptor chosen = attributes.getAttribute(CHOSEN);
		return (chosen != null) ? chosen.modifyRequest(context, attributes) : context.request();
	}

	@Override
	public void afterMarshalling(Context.AfterMarshalling context, ExecutionAttributes attributes) {
		ExecutionInterceptor chosen = attributes.getAttribute(CHOSEN);
		if (chosen != null) {
			chosen.afterMarshalling(context, attributes);
		}
	}

	@Override
	public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
		ExecutionInterceptor chosen = attributes.getAttribute(CHOSEN);
		return (chosen != null) ? chosen.modifyHttpRequest(context, attributes) : context.httpRequest();
	}

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		ExecutionInterceptor chosen = attributes.getAttribute(CHOSEN);
		if (chosen != null) {
			chosen.beforeTransmission(context, attributes);
		}
	}

	@Override
	public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes attributes) {
		ExecutionInterceptor chosen = attributes.getAttribute(CHOSEN);
		return (chosen != null) ? chosen.modifyHttpResponseContent(context, attributes) : context.responseBody();
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		ExecutionInterceptor chosen = attributes.getAttribute(CHOSEN);
		if (chosen != null) {
			chosen.afterExecution(context, attributes);
		}
	}

	@Override
	public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
		ExecutionInterceptor chosen = attributes.getAttribute(CHOSEN);
		if (chosen != null) {
			chosen.onExecutionFailure(context, attributes);
		}
	}

}
