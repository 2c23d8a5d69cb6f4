package io.github.adotspring.autoconfigure.awssdk;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Keeps what upstream's interceptor throws from the call of the application, which would
 * fail of it: upstream throws for bodies of {@code InvokeModel} that are no JSON, and
 * could lack something in a version of OpenTelemetry that the user chose.
 */
final class GuardedInterceptor implements ExecutionInterceptor {

	private static final Log logger = LogFactory.getLog(GuardedInterceptor.class);

	private final ExecutionInterceptor upstream;

	GuardedInterceptor(ExecutionInterceptor upstream) {
		this.upstream = upstream;
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		guard(() -> this.upstream.beforeExecution(context, attributes));
	}

	@Override
	public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
		return guard(() -> this.upstream.modifyRequest(context, attributes), context.request());
	}

	@Override
	public void afterMarshalling(Context.AfterMarshalling context, ExecutionAttributes attributes) {
		guard(() -> this.upstream.afterMarshalling(context, attributes));
	}

	@Override
	public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
		return guard(() -> this.upstream.modifyHttpRequest(context, attributes), context.httpRequest());
	}

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		guard(() -> this.upstream.beforeTransmission(context, attributes));
	}

	@Override
	public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes attributes) {
		return guard(() -> this.upstream.modifyHttpResponseContent(context, attributes), context.responseBody());
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		try {
			this.upstream.afterExecution(context, attributes);
		}
		catch (RuntimeException | LinkageError ex) {
			log(ex);
			// Or the span would not end, and stay current on this thread.
			guard(() -> this.upstream.onExecutionFailure(new EndOfExecution(context), attributes));
		}
	}

	@Override
	public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
		guard(() -> this.upstream.onExecutionFailure(context, attributes));
	}

	private static void guard(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | LinkageError ex) {
			log(ex);
		}
	}

	private static <T> T guard(Supplier<T> action, T otherwise) {
		try {
			return action.get();
		}
		catch (RuntimeException | LinkageError ex) {
			log(ex);
			return otherwise;
		}
	}

	private static void log(Throwable ex) {
		logger.debug("The tracing of a call to AWS failed; the call goes on", ex);
	}

}
