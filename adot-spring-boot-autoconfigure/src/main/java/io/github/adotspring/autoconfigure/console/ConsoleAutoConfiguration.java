package io.github.adotspring.autoconfigure.console;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryExecutor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The console in the process, for a laptop where nothing leaves the machine.
 */
@AutoConfiguration(after = DeliveryAutoConfiguration.class)
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
	TraceConsole adotTraceConsole(TraceStore store, ConsoleProperties properties, DeliveryExecutor executor) {
		return new TraceConsole(store, properties.log(), executor::executeAfter);
	}

	@Bean
	@ConditionalOnMissingBean
	MetricStore adotMetricStore(ConsoleProperties properties) {
		return new MetricStore(properties.maxSeries());
	}

	@Bean
	@ConditionalOnMissingBean
	MetricConsole adotMetricConsole(MetricStore store, ConsoleProperties properties, DeliveryExecutor executor) {
		return new MetricConsole(store, properties.logsMetrics(), executor::executeAfter);
	}

	@Bean
	@ConditionalOnMissingBean
	ConsoleDestinationProvider adotConsoleDestinationProvider(ConsoleProperties properties, TraceConsole traces,
			MetricConsole metrics) {
		return new ConsoleDestinationProvider(properties, traces, metrics);
	}

}
