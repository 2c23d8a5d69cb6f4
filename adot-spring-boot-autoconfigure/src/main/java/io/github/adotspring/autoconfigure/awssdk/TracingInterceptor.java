package io.github.adotspring.autoconfigure.awssdk;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

import io.opentelemetry.api.trace.Span;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Upstream's interceptor, and the attributes of the ADOT agent on the span that it makes.
 * What can go wrong with them is no matter of the application's call.
 */
final class TracingInterceptor implements ExecutionInterceptor {

	private static final Log logger = LogFactory.getLog(TracingInterceptor.class);

	private final ExecutionInterceptor upstream;

	private final CallAttributes attributes;

	private final SentContext sent;

	private final QueueCalls messages;

	private final UpstreamContext context = new UpstreamContext();

	private final HttpTraceHeader header = new HttpTraceHeader();

	TracingInterceptor(ExecutionInterceptor upstream, CallAttributes attributes, SentContext sent,
			QueueCalls messages) {
		this.upstream = upstream;
		this.attributes = attributes;
		this.sent = sent;
		this.messages = messages;
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes execution) {
		this.upstream.beforeExecution(context, execution);
	}

	@Override
	public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes execution) {
		if (this.messages.isLeftOut(context.request())) {
			return context.request();
		}
		SdkRequest modified = this.sent.aroundUpstream(context.request(),
				(request) -> this.upstream.modifyRequest(new ShownRequest(request), execution));
		io.opentelemetry.context.Context call = this.context.of(execution);
		return (call != null) ? this.sent.inject(modified, call) : modified;
	}

	@Override
	public void afterMarshalling(Context.AfterMarshalling context, ExecutionAttributes execution) {
		this.upstream.afterMarshalling(context, execution);
		onSpan(execution, (span) -> this.attributes.ofRequest(span, context.request(), execution));
	}

	@Override
	public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes execution) {
		SdkHttpRequest modified = this.upstream.modifyHttpRequest(context, execution);
		io.opentelemetry.context.Context call = this.context.of(execution);
		return (call != null) ? this.header.rewritten(context.httpRequest(), modified, call) : modified;
	}

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes execution) {
		this.upstream.beforeTransmission(context, execution);
		onSpan(execution, (span) -> this.attributes.ofAttempt(span, context.httpRequest(), execution));
	}

	@Override
	public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes execution) {
		return this.upstream.modifyHttpResponseContent(context, execution);
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes execution) {
		onSpan(execution, (span) -> {
			this.attributes.ofResponse(span, context.response(), execution);
			this.messages.onResponse(span, context.response());
		});
		this.upstream.afterExecution(context, execution);
	}

	@Override
	public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes execution) {
		onSpan(execution, (span) -> AttemptAttributes.ofFailure(span, context.exception()));
		this.upstream.onExecutionFailure(context, execution);
	}

	private void onSpan(ExecutionAttributes execution, Consumer<Span> action) {
		io.opentelemetry.context.Context context = this.context.of(execution);
		if (context == null) {
			return;
		}
		Span span = Span.fromContext(context);
		if (!span.isRecording()) {
			return;
		}
		try {
			action.accept(span);
		}
		catch (RuntimeException ex) {
			logger.debug("The attributes of a call to AWS are incomplete", ex);
		}
	}

	private record ShownRequest(SdkRequest request) implements Context.ModifyRequest {

	}

}
