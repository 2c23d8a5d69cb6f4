package io.github.adotspring.autoconfigure.console;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryExecutor;
import io.github.adotspring.autoconfigure.delivery.ExportChoice;
import io.github.adotspring.autoconfigure.delivery.LineOutput;
import io.github.adotspring.autoconfigure.delivery.SignalExport;

import org.springframework.beans.factory.ObjectProvider;
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
	TraceConsole adotTraceConsole(TraceStore store, LogStore logs, ConsoleProperties properties,
			DeliveryExecutor executor) {
		return new TraceConsole(store, logs, properties.log(), executor::executeAfter);
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
	LogStore adotLogStore(ConsoleProperties properties) {
		return new LogStore(properties.maxLogRecords());
	}

	@Bean
	@ConditionalOnMissingBean
	LogConsole adotLogConsole(LogStore store, ConsoleProperties properties, ObjectProvider<SignalExport> exports) {
		Boolean written = properties.logRecords();
		// The terminal has the log of the application, unless somebody wants it this way.
		boolean isWritten = (written != null) ? written
				: exports.stream().anyMatch(ConsoleAutoConfiguration::isChosenForLogs);
		return new LogConsole(store, properties.maxLogRecordChars(),
				isWritten ? new LineOutput(() -> System.out) : null);
	}

	private static boolean isChosenForLogs(SignalExport export) {
		return export.signal() == Signal.LOGS && export.to().contains(ExportChoice.of(ExportTo.CONSOLE));
	}

	@Bean
	@ConditionalOnMissingBean
	ConsoleDestinationProvider adotConsoleDestinationProvider(ConsoleProperties properties, TraceConsole traces,
			MetricConsole metrics, LogConsole logs) {
		return new ConsoleDestinationProvider(properties, traces, metrics, logs);
	}

}
