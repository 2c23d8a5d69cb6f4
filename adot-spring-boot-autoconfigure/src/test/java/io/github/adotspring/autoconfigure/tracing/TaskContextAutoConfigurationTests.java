package io.github.adotspring.autoconfigure.tracing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;

class TaskContextAutoConfigurationTests {

	private static final ContextKey<String> KEY = ContextKey.named("who");

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(TaskContextAutoConfiguration.class, TaskExecutionAutoConfiguration.class));

	@Test
	void isListed() {
		assertThat(ImportCandidates.load(org.springframework.boot.autoconfigure.AutoConfiguration.class,
				getClass().getClassLoader()))
			.contains(TaskContextAutoConfiguration.class.getName());
	}

	@Test
	void tasksRunInTheContextOfWhoHandsThemOver() {
		this.runner.run((context) -> assertThat(seenByTask(context.getBean(Executor.class))).isEqualTo("caller"));
	}

	@Test
	void threadOfATaskKeepsNothingOfItsContext() {
		this.runner.withPropertyValues("spring.task.execution.pool.core-size=1").run((context) -> {
			Executor executor = context.getBean(Executor.class);
			assertThat(seenByTask(executor)).isEqualTo("caller");
			assertThat(CompletableFuture.supplyAsync(() -> Context.current() == Context.root(), executor).join())
				.isTrue();
		});
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("management.adot.tracing.propagate-to-tasks=false")
			.run((context) -> assertThat(seenByTask(context.getBean(Executor.class))).isNull());
	}

	@Test
	void isOffWithTheStarter() {
		this.runner.withPropertyValues("management.adot.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TaskDecorator.class));
	}

	@Test
	void decoratorOfTheApplicationIsAppliedTooAndTheOneThatItInjects() {
		this.runner.withUserConfiguration(CountingConfiguration.class).run((context) -> {
			assertThat(seenByTask(context.getBean(Executor.class))).isEqualTo("caller");
			assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
			assertThat(context.getBean(TaskDecorator.class)).isSameAs(context.getBean("counting"));
		});
	}

	private static @Nullable String seenByTask(Executor executor) {
		Supplier<@Nullable String> handOver = () -> CompletableFuture
			.supplyAsync(() -> Context.current().get(KEY), executor)
			.join();
		return Context.root().with(KEY, "caller").wrapSupplier(handOver).get();
	}

	@Configuration(proxyBeanMethods = false)
	static class CountingConfiguration {

		@Bean
		AtomicInteger count() {
			return new AtomicInteger();
		}

		@Bean
		TaskDecorator counting(AtomicInteger count) {
			return (task) -> {
				count.incrementAndGet();
				return task;
			};
		}

	}

}
