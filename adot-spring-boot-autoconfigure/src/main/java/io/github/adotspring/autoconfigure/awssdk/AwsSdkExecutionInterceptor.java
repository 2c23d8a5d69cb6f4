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

	/** Of calls that no context traces. */
	private static final ExecutionInterceptor NONE = new ExecutionInterceptor() {
	};

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
		return chosen(attributes).modifyRequest(context, attributes);
	}

	@Override
	public void afterMarshalling(Context.AfterMarshalling context, ExecutionAttributes attributes) {
		chosen(attributes).afterMarshalling(context, attributes);
	}

	@Override
	public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
		return chosen(attributes).modifyHttpRequest(context, attributes);
	}

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		chosen(attributes).beforeTransmission(context, attributes);
	}

	@Override
	public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes attributes) {
		return chosen(attributes).modifyHttpResponseContent(context, attributes);
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		chosen(attributes).afterExecution(context, attributes);
	}

	@Override
	public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
		chosen(attributes).onExecutionFailure(context, attributes);
	}

	private static ExecutionInterceptor chosen(ExecutionAttributes attributes) {
		ExecutionInterceptor chosen = attributes.getAttribute(CHOSEN);
		return (chosen != null) ? chosen : NONE;
	}

}
