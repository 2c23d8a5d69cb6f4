package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DeliveryAutoConfiguration}.
 */
final class DeliveryAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(DeliveryAutoConfiguration.class.getName());
	}

	@Test
	void isOnByDefault() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(DeliveryExecutor.class)
				.hasSingleBean(DeliveryStatus.class)
				.hasSingleBean(QuietLog.class)
				.hasSingleBean(ExportTargets.class)
				.hasSingleBean(Deliveries.class)
				.hasSingleBean(SdkCustomizer.class)
				.hasSingleBean(ExportReport.class);
			assertThat(context.getBean(ConfigurableSpanExporterProvider.class).getName()).isEqualTo("otlp");
			assertThat(context.getBean(ConfigurableMetricExporterProvider.class).getName()).isEqualTo("otlp");
			assertThat(context.getBean(ConfigurableLogRecordExporterProvider.class).getName()).isEqualTo("otlp");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(DeliveryAutoConfiguration.class)
				.doesNotHaveBean(ConfigurableSpanExporterProvider.class));
	}

	/**
	 * Boot makes none for an application that has one, whoever it is from.
	 */
	@Test
	void leavesBootsExecutorToTheApplication() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context).getBeanNames(Executor.class)
				.containsExactly("applicationTaskExecutor"));
	}

	@Test
	void stepsBackForBeansOfTheApplication() {
		DeliveryStatus status = new DeliveryStatus(Clock.systemUTC());
		QuietLog log = new QuietLog(Clock.systemUTC());
		ConfigurableSpanExporterProvider spans = OtlpExporterProviders.spans(null);
		this.runner.withBean(DeliveryStatus.class, () -> status)
			.withBean(QuietLog.class, () -> log)
			.withBean("adotSpanExporterProvider", ConfigurableSpanExporterProvider.class, () -> spans)
			.run((context) -> {
				assertThat(context).getBean(DeliveryStatus.class).isSameAs(status);
				assertThat(context).getBean(QuietLog.class).isSameAs(log);
				assertThat(context).getBean(ConfigurableSpanExporterProvider.class).isSameAs(spans);
			});
	}

	@Test
	void keepsItsExporterBesideOneOfTheApplication() {
		ConfigurableSpanExporterProvider spans = OtlpExporterProviders.spans(null);
		this.runner.withBean("mySpans", ConfigurableSpanExporterProvider.class, () -> spans)
			.run((context) -> assertThat(context).getBeanNames(ConfigurableSpanExporterProvider.class)
				.containsExactlyInAnyOrder("mySpans", "adotSpanExporterProvider"));
	}

	@Test
	void startsNoThread() {
		try (SystemProperties system = SystemProperties.withoutAws()) {
			assertThat(system).isNotNull();
			Set<Thread> before = Thread.getAllStackTraces().keySet();
			this.runner.withPropertyValues("management.adot.export.to=aws").run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
			});
		}
	}

	@Test
	void takesNothingMoreOnceTheContextIsClosed() {
		this.runner.run((context) -> {
			DeliveryExecutor executor = context.getBean(DeliveryExecutor.class);
			context.getSourceApplicationContext().close();
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> {
			}));
		});
	}

}
