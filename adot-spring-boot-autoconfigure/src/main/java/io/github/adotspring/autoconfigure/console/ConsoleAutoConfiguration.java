package io.github.adotspring.autoconfigure.console;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The console in the process, for a laptop where nothing leaves the machine.
 */
@AutoConfiguration
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(ConsoleProperties.class)
public final class ConsoleAutoConfiguration {

	ConsoleAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	TraceStore adotTraceStore(ConsoleProperties properties) {
		return new TraceStore(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	TraceConsole adotTraceConsole(TraceStore store, ConsoleProperties properties) {
		return new TraceConsole(store, properties.log(), (delay,
				task) -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(task));
	}

	@Bean
	@ConditionalOnMissingBean
	ConsoleDestinationProvider adotConsoleDestinationProvider(ConsoleProperties properties, TraceConsole traces) {
		return new ConsoleDestinationProvider(properties, traces);
	}

}
