package io.github.adotspring.autoconfigure.awssdk;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.awspring.cloud.sqs.listener.AsyncMessageListener;
import io.awspring.cloud.sqs.listener.TaskExecutorAware;
import io.opentelemetry.context.Context;

import org.springframework.core.task.TaskExecutor;
import org.springframework.messaging.Message;

/**
 * A listener of Spring Cloud AWS that processes messages in spans. Blocking listeners are
 * adapted to this type by Spring Cloud AWS before.
 *
 * @param <T> type of the payloads
 */
final class TracedMessageListener<T> implements AsyncMessageListener<T>, TaskExecutorAware {

	private final AsyncMessageListener<T> listener;

	private final ListenerTelemetry telemetry;

	TracedMessageListener(AsyncMessageListener<T> listener, ListenerTelemetry telemetry) {
		this.listener = listener;
		this.telemetry = telemetry;
	}

	@Override
	public CompletableFuture<Void> onMessage(Message<T> message) {
		return this.telemetry.process(ReceivedMessages.single(message), () -> this.listener.onMessage(message));
	}

	@Override
	public CompletableFuture<Void> onMessage(Collection<Message<T>> messages) {
		return this.telemetry.process(ReceivedMessages.batch(List.copyOf(messages)),
				() -> this.listener.onMessage(messages));
	}

	/**
	 * The span stays current in a listener that is blocking and called from a thread that
	 * must not be blocked.
	 */
	@Override
	public void setTaskExecutor(TaskExecutor executor) {
		if (this.listener instanceof TaskExecutorAware aware) {
			aware.setTaskExecutor((task) -> executor.execute(Context.current().wrap(task)));
		}
	}

}
