package io.github.adotspring.autoconfigure.console;

import java.util.Set;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DestinationProvider;
import io.github.adotspring.autoconfigure.logging.LoggingAutoConfiguration;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsoleAutoConfiguration} and {@link ConsoleProperties}.
 */
final class ConsoleAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class, ConsoleAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(ConsoleAutoConfiguration.class.getName());
	}

	@Test
	void bringsTheDestinationForAllSignals() {
		this.runner.run((context) -> {
			DestinationProvider provider = context.getBean(DestinationProvider.class);
			assertThat(provider.exportTo()).isEqualTo(ExportTo.CONSOLE);
			assertThat(provider.signals()).containsExactlyInAnyOrder(Signal.values());
			assertThat(provider.destination(Signal.TRACES)).isSameAs(context.getBean(TraceConsole.class));
			assertThat(provider.describe(Signal.TRACES))
				.isEqualTo("console, the last 500 traces in memory and each in the log");
			assertThat(provider.destination(Signal.METRICS)).isSameAs(context.getBean(MetricConsole.class));
			assertThat(provider.describe(Signal.METRICS))
				.isEqualTo("console, the last values of 5000 series in memory and what moved in the log");
			assertThat(provider.destination(Signal.LOGS)).isSameAs(context.getBean(LogConsole.class));
			assertThat(provider.describe(Signal.LOGS)).isEqualTo("console, the last 1000 log records in memory");
		});
	}

	/**
	 * By default only where logs are told to go to the console, and not where they get
	 * there with everything else.
	 */
	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, -, false", "console, -, true", "auto, -, false", "aws, -, false",
			"-, true, true", "console, false, false", "auto, true, true" })
	void writesLogRecordsWhereTheyAreToldToGoToTheConsole(@Nullable String exportTo, @Nullable String logRecords,
			boolean written) {
		ApplicationContextRunner told = this.runner
			.withConfiguration(AutoConfigurations.of(LoggingAutoConfiguration.class))
			.withPropertyValues("management.adot.export.to=console", "management.adot.console.max-log-records=7");
		if (exportTo != null) {
			told = told.withPropertyValues("management.adot.logging.export.to=" + exportTo);
		}
		if (logRecords != null) {
			told = told.withPropertyValues("management.adot.console.log-records=" + logRecords);
		}
		told.run((context) -> assertThat(context.getBean(DestinationProvider.class).describe(Signal.LOGS))
			.isEqualTo("console, the last 7 log records in memory"
					+ (written ? " and each as JSON on the standard output" : "")));
	}

	@Test
	void saysHowManyTracesItKeepsAndWhetherItLogsThem() {
		this.runner
			.withPropertyValues("management.adot.console.max-traces=20", "management.adot.console.log=false",
					"management.adot.console.max-spans-per-trace=30")
			.run((context) -> {
				assertThat(context.getBean(DestinationProvider.class).describe(Signal.TRACES))
					.isEqualTo("console, the last 20 traces in memory");
				assertThat(context.getBean(ConsoleProperties.class))
					.isEqualTo(new ConsoleProperties(20, 30, 5000, false, true, 1000, DataSize.ofKilobytes(16), null));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "log=false", "log-metrics=false" })
	void saysHowManySeriesItKeepsAndWhetherItLogsThem(String silent) {
		this.runner.withPropertyValues("management.adot.console.max-series=70", "management.adot.console." + silent)
			.run((context) -> {
				assertThat(context.getBean(DestinationProvider.class).describe(Signal.METRICS))
					.isEqualTo("console, the last values of 70 series in memory");
				assertThat(context.getBean(MetricStore.class).maxSeries()).isEqualTo(70);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(ConsoleAutoConfiguration.class)
				.doesNotHaveBean(DestinationProvider.class));
	}

	@Test
	void stepsBackForBeansOfTheApplication() {
		TraceStore store = new TraceStore(
				new ConsoleProperties(1, 1, 1, false, false, 1, DataSize.ofKilobytes(16), null));
		LogStore logStore = new LogStore(1);
		TraceConsole console = new TraceConsole(store, logStore, false, (delay, task) -> {
		});
		MetricStore metricStore = new MetricStore(1);
		MetricConsole metricConsole = new MetricConsole(metricStore, false, (delay, task) -> {
		});
		LogConsole logConsole = new LogConsole(logStore, 1, null);
		this.runner.withBean(TraceStore.class, () -> store)
			.withBean(LogStore.class, () -> logStore)
			.withBean(LogConsole.class, () -> logConsole)
			.withBean(TraceConsole.class, () -> console)
			.withBean(MetricStore.class, () -> metricStore)
			.withBean(MetricConsole.class, () -> metricConsole)
			.run((context) -> {
				assertThat(context).getBean(TraceStore.class).isSameAs(store);
				assertThat(context).getBean(TraceConsole.class).isSameAs(console);
				assertThat(context).getBean(MetricStore.class).isSameAs(metricStore);
				assertThat(context).getBean(MetricConsole.class).isSameAs(metricConsole);
				assertThat(context).getBean(LogStore.class).isSameAs(logStore);
				assertThat(context).getBean(LogConsole.class).isSameAs(logConsole);
			});
	}

	@ParameterizedTest
	@CsvSource({ "max-traces, 0", "max-traces, -1", "max-spans-per-trace, 0", "max-series, 0", "max-log-records, 0" })
	void refusesLessThanOne(String name, String value) {
		this.runner.withPropertyValues("management.adot.console." + name + "=" + value).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).isEqualTo("Property 'management.adot.console." + name
					+ "' has the value '" + value + "', but the least is 1.");
			assertThat(analysis.getAction())
				.isEqualTo("Write a whole number from 1 up, or remove the property to use the default.");
		});
	}

	@Test
	void startsNoThread() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.run((context) -> assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before));
	}

}
