package io.github.adotspring.autoconfigure.awssdk;

import io.awspring.cloud.sqs.listener.AbstractMessageListenerContainer;
import io.awspring.cloud.sqs.listener.AsyncMessageListener;
import io.awspring.cloud.sqs.listener.MessageListenerContainerRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Puts spans around the listeners of Spring Cloud AWS's containers, those of
 * {@code @SqsListener} methods and those that are beans, before they start: a container
 * takes its listener when it starts.
 */
final class ListenerContainers implements SmartLifecycle {

	private final ListableBeanFactory beans;

	private final ObjectProvider<OpenTelemetry> openTelemetry;

	private volatile boolean running;

	ListenerContainers(ListableBeanFactory beans, ObjectProvider<OpenTelemetry> openTelemetry) {
		this.beans = beans;
		this.openTelemetry = openTelemetry;
	}

	@Override
	public void start() {
		this.running = true;
		this.openTelemetry.ifAvailable((openTelemetry) -> {
			ListenerTelemetry telemetry = new ListenerTelemetry(openTelemetry);
			this.beans.getBeansOfType(MessageListenerContainerRegistry.class, true, false)
				.values()
				.forEach((registry) -> registry.getListenerContainers()
					.forEach((container) -> trace(container, telemetry)));
			this.beans.getBeansOfType(AbstractMessageListenerContainer.class, true, false)
				.values()
				.forEach((container) -> trace(container, telemetry));
		});
	}

	private static void trace(Object candidate, ListenerTelemetry telemetry) {
		if (candidate instanceof AbstractMessageListenerContainer<?, ?, ?> container) {
			traceListener(container, telemetry);
		}
	}

	private static <T> void traceListener(AbstractMessageListenerContainer<T, ?, ?> container,
			ListenerTelemetry telemetry) {
		@Nullable AsyncMessageListener<T> listener = container.getMessageListener();
		if (listener != null && !(listener instanceof TracedMessageListener)) {
			container.setAsyncMessageListener(new TracedMessageListener<>(listener, telemetry));
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Before everything that may be a container.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
