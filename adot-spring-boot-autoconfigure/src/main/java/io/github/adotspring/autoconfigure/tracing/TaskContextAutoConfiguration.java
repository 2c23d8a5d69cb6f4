package io.github.adotspring.autoconfigure.tracing;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * Tasks of Boot's executors, such as {@code @Async} methods, in the trace of who hands
 * them over. Boot applies all decorators; one that the application injects is its own.
 */
@AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
@ConditionalOnEnabledAdot
@ConditionalOnBooleanProperty(name = TracingProperties.PREFIX + ".propagate-to-tasks", matchIfMissing = true)
public final class TaskContextAutoConfiguration {

	TaskContextAutoConfiguration() {
	}

	@Bean
	@Fallback
	@ConditionalOnMissingBean
	ContextTaskDecorator adotContextTaskDecorator() {
		return new ContextTaskDecorator();
	}

}
