package io.github.adotspring.autoconfigure.awssdk;

import java.net.URL;
import java.util.Map;

import io.github.adotspring.autoconfigure.testing.LogLines;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.awssdk.v2_2.AwsSdkTelemetry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkClient;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AwsSdkAutoConfiguration}.
 */
class AwsSdkAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsSdkAutoConfiguration.class));

	private final ApplicationContextRunner withSdk = this.runner.withBean(OpenTelemetry.class, OpenTelemetry::noop);

	@Test
	void isListed() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(AwsSdkAutoConfiguration.class.getName());
	}

	@Test
	void tracesByDefaultAndUntilTheContextIsClosed() {
		this.withSdk
			.run((context) -> assertThat(TracedContexts.latest()).isSameAs(context.getBean(ContextTracing.class)));
		assertThat(TracedContexts.latest()).isNull();
	}

	@Test
	void tracesNothingWithoutAnSdk() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(TracedContexts.latest()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "management.adot.awssdk.enabled=false",
			"otel.instrumentation.aws-sdk.enabled=false", "otel.sdk.disabled=true" })
	void isOffWhereTheUserSaysSo(String property) {
		this.withSdk.withPropertyValues(property).run((context) -> {
			assertThat(context).doesNotHaveBean(ContextTracing.class).doesNotHaveBean(AwsClientBeans.class);
			assertThat(TracedContexts.latest()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { AwsSdkTelemetry.class, SdkClient.class })
	void isOffWithoutItsClasses(Class<?> missing) {
		this.withSdk.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ContextTracing.class));
	}

	@Test
	void usesTheTelemetryOfTheApplication() {
		AwsSdkTelemetry telemetry = AwsSdkTelemetry.create(OpenTelemetry.noop());
		this.withSdk.withBean(AwsSdkTelemetry.class, () -> telemetry)
			.run((context) -> assertThat(context).hasSingleBean(AwsSdkTelemetry.class)
				.hasSingleBean(ContextTracing.class));
	}

	@Test
	void tracesInALazyApplicationToo() {
		this.withSdk
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(TracedContexts.latest()).isNotNull());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sqs.", "S3:GetObject", "a.b.c", "Dynamo Db" })
	void refusesOperationsThatAreNone(String operation) {
		this.withSdk.withPropertyValues("management.adot.awssdk.excluded-operations[0]=" + operation)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("management.adot.awssdk.excluded-operations")
				.hasMessageContaining(operation));
	}

	@Test
	void warnsOfAnArtifactThatTakesTheCalls() {
		try (LogLines log = LogLines.listen()) {
			this.withSdk.run((context) -> assertThat(log.lines()).isEmpty());
			this.withSdk.withClassLoader(new WithOtherInterceptor())
				.run((context) -> assertThat(log.lines()).singleElement()
					.asString()
					.startsWith("WARN opentelemetry-aws-sdk-2.2-autoconfigure")
					.endsWith("Remove it."));
		}
	}

	@Test
	void anInstrumentationThatDoesNotFitFailsNothing() {
		try (LogLines log = LogLines.listen()) {
			this.withSdk.withBean(ContextTracing.class,
					() -> new ContextTracing(ExcludedOperations.of(null),
							new StaticListableBeanFactory(Map.of("sdk", OpenTelemetry.noop()))
								.getBeanProvider(OpenTelemetry.class),
							(sdk) -> {
								throw new NoSuchMethodError("io.opentelemetry.Gone");
							}))
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(TracedContexts.latest()).isNull();
					assertThat(log.lines()).singleElement()
						.asString()
						.startsWith("WARN AWS SDK clients are not traced")
						.contains("opentelemetry-instrumentation-bom-alpha")
						.endsWith("io.opentelemetry.Gone");
				});
		}
	}

	@Test
	void aNativeImageKeepsTheInterceptor() {
		RuntimeHints hints = new RuntimeHints();
		new AwsSdkRuntimeHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(AwsSdkExecutionInterceptor.class)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource()
			.forResource("software/amazon/awssdk/global/handlers/execution.interceptors")).accepts(hints);
	}

	private static final class WithOtherInterceptor extends ClassLoader {

		WithOtherInterceptor() {
			super(WithOtherInterceptor.class.getClassLoader());
		}

		@Override
		public @Nullable URL getResource(String name) {
			return name.endsWith("awssdk/v2_2/autoconfigure/TracingExecutionInterceptor.class")
					? super.getResource("java/lang/Object.class") : super.getResource(name);
		}

	}

}
