package io.github.adotspring.autoconfigure.amp;

import java.net.URI;
import java.util.Set;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.Http;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link AmpAutoConfiguration}, {@link AmpDestinationProvider} and
 * {@link AmpProperties}.
 */
final class AmpAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("management.adot.aws.region=eu-west-1")
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, AmpAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(AmpAutoConfiguration.class.getName());
	}

	@Test
	void bringsTheDestinationWithoutAskingForAWorkspace() {
		this.runner.run((context) -> {
			MetricsDestinationProvider provider = context.getBean(MetricsDestinationProvider.class);
			assertThat(provider.exportTo()).isEqualTo(MetricsExportTo.AMP);
			assertThat(provider.isDelta()).isFalse();
			assertThat(provider.translator()).isNotNull().isNotSameAs(provider.translator());
			assertThat(context.getBean(AmpProperties.class))
				.isEqualTo(new AmpProperties(null, null, HistogramForm.CLASSIC, 20, 20_000));
		});
	}

	@Test
	void writesToAWorkspaceOfTheRegion() {
		this.runner.withPropertyValues("management.adot.metrics.amp.workspace-id=ws-12ab-34").run((context) -> {
			MetricsDestinationProvider provider = context.getBean(MetricsDestinationProvider.class);
			assertThat(endpoint(provider)).isEqualTo(new AwsEndpoint(AwsService.AMP,
					URI.create(
							"https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-12ab-34/api/v1/remote_write"),
					"eu-west-1", "region from management.adot.aws.region"));
			assertThat(provider.describe()).isEqualTo("Amazon Managed Service for Prometheus");
		});
	}

	@Test
	void writesToAUrl() {
		this.runner.withPropertyValues("management.adot.metrics.amp.url=https://amp.example.com/write")
			.run((context) -> {
				MetricsDestinationProvider provider = context.getBean(MetricsDestinationProvider.class);
				assertThat(endpoint(provider))
					.isEqualTo(new AwsEndpoint(AwsService.AMP, URI.create("https://amp.example.com/write"), "eu-west-1",
							"endpoint from management.adot.metrics.amp.url, region from management.adot.aws.region"));
			});
	}

	@Test
	void readsEveryProperty() {
		this.runner
			.withPropertyValues("management.adot.metrics.amp.workspace-id= ", "management.adot.metrics.amp.url=",
					"management.adot.metrics.amp.histograms=native", "management.adot.metrics.amp.max-buckets=40",
					"management.adot.metrics.amp.max-series=7")
			.run((context) -> assertThat(context.getBean(AmpProperties.class))
				.isEqualTo(new AmpProperties(null, null, HistogramForm.NATIVE, 40, 7)));
	}

	@Test
	void needsAWorkspaceOrAUrlWhenItIsUsed() {
		this.runner.run((context) -> {
			FailureAnalysis analysis = analysis(context.getBean(MetricsDestinationProvider.class));
			assertThat(analysis.getDescription())
				.isEqualTo("Property 'management.adot.metrics.amp.workspace-id' is not "
						+ "set, but metrics go to Amazon Managed Service for Prometheus.");
			assertThat(analysis.getAction())
				.isEqualTo("Write the id of a workspace in the application's region, or the "
						+ "full URL to write to in 'management.adot.metrics.amp.url'.");
		});
	}

	@Test
	void takesNotBothAWorkspaceAndAUrlWhenItIsUsed() {
		this.runner
			.withPropertyValues("management.adot.metrics.amp.workspace-id=ws-1",
					"management.adot.metrics.amp.url=https://amp.example.com/write")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getBean(MetricsDestinationProvider.class));
				assertThat(analysis.getDescription()).isEqualTo(
						"Property 'management.adot.metrics.amp.url' has the value 'https://amp.example.com/write', "
								+ "but 'management.adot.metrics.amp.workspace-id' names a workspace already.");
				assertThat(analysis.getAction()).isEqualTo("Remove one of the two.");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					workspace-id | my-alias           | the id of a workspace begins with 'ws-' and has letters, digits and hyphens only
					workspace-id | ws-1/../x          | the id of a workspace begins with 'ws-' and has letters, digits and hyphens only
					url          | amp.example.com    | an endpoint is a full URL with scheme and host
					url          | https://a.com/?x=y | an endpoint has no user, query or fragment part
					max-buckets  | 0                  | the least is 1
					max-buckets  | 161                | the most is 160
					max-series   | 0                  | the least is 1
					""")
	void refusesWhatCannotWork(String name, String value, String rule) {
		this.runner.withPropertyValues("management.adot.metrics.amp." + name + "=" + value)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.startsWith("Property 'management.adot.metrics.amp." + name + "' has the value '")
				.endsWith(", but " + rule + "."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(AmpAutoConfiguration.class)
				.doesNotHaveBean(MetricsDestinationProvider.class));
	}

	@Test
	void stepsBackForABeanOfTheApplication() {
		this.runner.run((other) -> {
			AmpDestinationProvider mine = other.getBean(AmpDestinationProvider.class);
			this.runner.withBean("mine", AmpDestinationProvider.class, () -> mine)
				.run((context) -> assertThat(context).getBean(AmpDestinationProvider.class).isSameAs(mine));
		});
	}

	@Test
	void startsNoThread() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.run((context) -> assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before));
	}

	private static AwsEndpoint endpoint(MetricsDestinationProvider provider) {
		Http connection = (Http) provider.connection();
		assertThat(connection.format()).isInstanceOf(RemoteWriteFormat.class);
		return connection.endpoint().get();
	}

	private static FailureAnalysis analysis(MetricsDestinationProvider provider) {
		Throwable failure = catchThrowable(provider::connection);
		assertThat(failure).isInstanceOf(InvalidAdotConfigurationException.class);
		return FailureAnalyses.of(failure);
	}

}
