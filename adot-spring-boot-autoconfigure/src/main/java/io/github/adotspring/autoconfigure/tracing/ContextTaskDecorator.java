package io.github.adotspring.autoconfigure.tracing;

import io.opentelemetry.context.Context;

import org.springframework.core.task.TaskDecorator;

/**
 * Runs tasks in the context that was current when they were handed over.
 */
final class ContextTaskDecorator implements TaskDecorator {

	@Override
	public Runnable decorate(Runnable task) {
		Context context = Context.current();
		return (context != Context.root()) ? context.wrap(task) : task;
	}

}
