package io.github.adotspring.autoconfigure.awssdk;

import io.awspring.cloud.sqs.listener.AbstractMessageListenerContainer;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessagingAutoConfiguration}.
 */
class MessagingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withBean(OpenTelemetry.class, OpenTelemetry::noop)
		.withConfiguration(AutoConfigurations.of(AwsSdkAutoConfiguration.class, MessagingAutoConfiguration.class));

	@Test
	void isListed() {
		assertThat(ImportCandidates.load(org.springframework.boot.autoconfigure.AutoConfiguration.class, null))
			.contains(MessagingAutoConfiguration.class.getName());
	}

	@Test
	void isOnByDefault() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(SqsClientBeans.class)
				.hasSingleBean(SqsCalls.class)
				.hasSingleBean(ListenerContainers.class)
				.hasBean("adotLeftOutSpansCustomizer");
			assertThat(context.getBeansOfType(ContextCarriers.class)).containsOnlyKeys("adotSqsContextCarriers",
					"adotSnsContextCarriers", "adotEventBridgeContextCarriers", "adotLambdaContextCarriers");
		});
	}

	@Test
	void backsOffWhenItIsSwitchedOff() {
		this.runner.withPropertyValues("management.adot.awssdk.messaging.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(ContextTracing.class)
				.doesNotHaveBean(SqsClientBeans.class)
				.doesNotHaveBean(SqsCalls.class)
				.doesNotHaveBean(ListenerContainers.class)
				.doesNotHaveBean("adotSqsContextCarriers")
				.doesNotHaveBean("adotSnsContextCarriers")
				.doesNotHaveBean("adotEventBridgeContextCarriers"));
	}

	@Test
	void backsOffWhenTheClientsAreNotTraced() {
		this.runner.withPropertyValues("management.adot.awssdk.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MessagingAutoConfiguration.class));
	}

	@Test
	void backsOffWhenTheTracingOfClientsIsExcluded() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MessagingAutoConfiguration.class));
	}

	@Test
	void worksWithoutSpringCloudAws() {
		this.runner.withClassLoader(new FilteredClassLoader(AbstractMessageListenerContainer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SqsClientBeans.class)
				.doesNotHaveBean("adotSqsListenerContainers"));
	}

	@Test
	void worksWithoutAnyOfTheServices() {
		this.runner
			.withClassLoader(new FilteredClassLoader(AbstractMessageListenerContainer.class, SqsClient.class,
					SnsClient.class, EventBridgeClient.class, LambdaClient.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ContextTracing.class)
				.doesNotHaveBean("adotSqsClientBeans")
				.doesNotHaveBean(ContextCarriers.class));
	}

	@Test
	void emptyReceivesAreExportedOnRequest() {
		this.runner.withPropertyValues("management.adot.awssdk.messaging.empty-receives=true")
			.run((context) -> assertThat(context).doesNotHaveBean("adotLeftOutSpansCustomizer"));
	}

	@Test
	void backsOffForBeansOfTheApplication() {
		this.runner.withUserConfiguration(OwnBeans.class)
			.run((context) -> assertThat(context).hasSingleBean(SqsClientBeans.class)
				.doesNotHaveBean("adotSqsClientBeans"));
	}

	@Test
	void aNativeImageKeepsTheProxiesOfTheClientsOfSqs() {
		RuntimeHints hints = new RuntimeHints();
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(AwsSdkAutoConfiguration.class, MessagingAutoConfiguration.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context,
					new DefaultGenerationContext(
							new ClassNameGenerator(ClassName.get(MessagingAutoConfiguration.class)),
							new InMemoryGeneratedFiles(), hints));
		}
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(SqsClient.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(SqsAsyncClient.class)).accepts(hints);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		static SqsClientBeans ownSqsClientBeans() {
			return new SqsClientBeans();
		}

	}

}
