package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for the sampling rules in an {@code application.yml}.
 */
class ConfiguredRuleTests {

	private static final SamplingRule CHECKOUT = new SamplingRule("checkout", 20, 0.25, 7, "shop-?",
			"AWS::ECS::Container", "*.shop.example", "GET", "/checkout/*", "arn:aws:ecs:*",
			Map.of("tenant", "gold*", "plan", "?"), new SamplingRule.Boost(0.5, Duration.ofMinutes(15), false));

	private static final SamplingRule DEFAULT = new SamplingRule("Default", 10_000, 0.05, 1, "*", "*", "*", "*", "*",
			"*", Map.of(), null);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
				SamplingAutoConfiguration.class, OpenTelemetryAutoConfiguration.class))
		.withPropertyValues("management.adot.export.to=none", "otel.traces.exporter=none", "otel.metrics.exporter=none",
				"otel.logs.exporter=none", "otel.traces.sampler=xray");

	@Test
	void jsonOfXrayCanBePasted() {
		assertThat(rules("[" + SamplingDocuments.RULE + ",\n" + SamplingDocuments.DEFAULT_RULE + "]"))
			.containsExactly(CHECKOUT, DEFAULT);
	}

	@Test
	void namesCanBeXraysOwn() {
		assertThat(rules("""

				  - RuleName: checkout
				    RuleARN: arn:aws:xray:us-east-1:123456789012:sampling-rule/checkout
				    ResourceARN: "arn:aws:ecs:*"
				    Priority: 20
				    FixedRate: 0.25
				    ReservoirSize: 7
				    ServiceName: shop-?
				    ServiceType: AWS::ECS::Container
				    Host: "*.shop.example"
				    HTTPMethod: GET
				    URLPath: /checkout/*
				    Version: 1
				    Attributes:
				      tenant: gold*
				      plan: "?"
				    SamplingRateBoost:
				      MaxRate: 0.5
				      CooldownWindowMinutes: 15
				      DisableDefaultAnomalyDetection: true
				""")).containsExactly(CHECKOUT);
	}

	@Test
	void namesCanBeThoseOfSpringBoot() {
		assertThat(rules("""

				  - rule-name: checkout
				    resource-arn: "arn:aws:ecs:*"
				    priority: 20
				    fixed-rate: 0.25
				    reservoir-size: 7
				    service-name: shop-?
				    service-type: AWS::ECS::Container
				    host: "*.shop.example"
				    http-method: GET
				    url-path: /checkout/*
				    attributes:
				      tenant: gold*
				      plan: "?"
				    sampling-rate-boost:
				      max-rate: 0.5
				      cooldown-window-minutes: 15
				      disable-default-anomaly-detection: true
				""")).containsExactly(CHECKOUT);
	}

	@Test
	void patternsThatAreMissingOrEmptyAreForAnything() {
		assertThat(rules("[{RuleName: a, Priority: 1, FixedRate: 1, ReservoirSize: 0, Host: , URLPath: ''}]"))
			.containsExactly(SamplingRules.rule("a", 1, 1, 0));
	}

	@Test
	void keysOfAttributesStayAsTheyAre() {
		assertThat(rules("""
				[{"RuleName": "a", "Priority": 1, "FixedRate": 1, "ReservoirSize": 0,
				"Attributes": {"http.user_agent": "curl*", "shop.Tenant-Id": "7", "[a/b:c]": "d"}}]""")).first()
			.extracting(SamplingRule::attributes)
			.isEqualTo(Map.of("http.user_agent", "curl*", "shop.Tenant-Id", "7", "a/b:c", "d"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "" })
	void emptyListIsNone(String rules) {
		assertThat(rules(rules)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Priority: 2, FixedRate: 1, ReservoirSize: 0                   | rules[1].rule-name' is not set, but every rule needs it
					RuleName: '', Priority: 2, FixedRate: 1, ReservoirSize: 0     | rules[1].rule-name' is not set, but every rule needs it
					RuleName: a, Priority: 2, FixedRate: 1, ReservoirSize: 0      | rules[1].rule-name' has the value 'a', but there is another of this name
					RuleName: b, FixedRate: 1, ReservoirSize: 0                   | rules[1].priority' is not set, but every rule needs it
					RuleName: b, Priority: 0, FixedRate: 1, ReservoirSize: 0      | rules[1].priority' has the value '0', but it is from 1 to 10000
					RuleName: b, Priority: 10001, FixedRate: 1, ReservoirSize: 0  | rules[1].priority' has the value '10001', but it is from 1 to 10000
					RuleName: b, Priority: 2, ReservoirSize: 0                    | rules[1].fixed-rate' is not set, but every rule needs it
					RuleName: b, Priority: 2, FixedRate: 5, ReservoirSize: 0      | rules[1].fixed-rate' has the value '5.0', but a share is from 0 to 1
					RuleName: b, Priority: 2, FixedRate: .NaN, ReservoirSize: 0   | rules[1].fixed-rate' has the value 'NaN', but a share is from 0 to 1
					RuleName: b, Priority: 2, FixedRate: 1                        | rules[1].reservoir-size' is not set, but every rule needs it
					RuleName: b, Priority: 2, FixedRate: 1, ReservoirSize: -1     | rules[1].reservoir-size' has the value '-1', but the least is 0
					RuleName: b, Priority: 2, FixedRate: 1, ReservoirSize: 0, Version: 2 | rules[1].version' has the value '2', but only 1 is known
					RuleName: b, Priority: 2, FixedRate: 1, ReservoirSize: 0, SamplingRateBoost: {MaxRate: 2, CooldownWindowMinutes: 1} | rules[1].sampling-rate-boost.max-rate' has the value '2.0', but a share is from 0 to 1
					RuleName: b, Priority: 2, FixedRate: 1, ReservoirSize: 0, SamplingRateBoost: {MaxRate: 1} | rules[1].sampling-rate-boost.cooldown-window-minutes' is not set, but every rule needs it
					""")
	void badRuleNamesThePropertyAndTheRule(String second, String message) {
		Throwable failure = catchThrowable(() -> rules("""

				  - {RuleName: a, Priority: 1, FixedRate: 1, ReservoirSize: 0}
				  - {%s}
				""".formatted(second)));
		assertThat(failure).rootCause()
			.isInstanceOf(InvalidAdotConfigurationException.class)
			.hasMessageContaining("'management.adot.tracing.sampling." + message);
	}

	@Test
	void valueOfAnotherTypeNamesTheProperty() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(yaml("[{RuleName: a, Priority: 1, FixedRate: much, ReservoirSize: 0}]")))
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).containsIgnoringCase("sampling.rules[0].fixed").contains("much");
			});
	}

	@Test
	void rulesAndAFileOfRulesAreAContradiction() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(yaml("[" + SamplingDocuments.RULE + "]")))
			.withPropertyValues("management.adot.tracing.sampling.rules-file=classpath:sampling-rules.json")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidAdotConfigurationException.class)
				.hasMessageContaining("'management.adot.tracing.sampling.rules-file'")
				.hasMessageContaining("there are 'management.adot.tracing.sampling.rules' too"));
	}

	@Test
	void rulesOfTheConfigurationDecide() {
		this.runner.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(yaml("""

				  - {RuleName: orders, Priority: 1, FixedRate: 0, ReservoirSize: 0, URLPath: /orders/*}
				  - {RuleName: others, Priority: 2, FixedRate: 1, ReservoirSize: 0}
				"""))).run((context) -> {
			SamplingReport report = context.getBean(SamplingReport.class);
			Awaitility.await().until(() -> !report.status().fallback());
			assertThat(report.status().source()).isEqualTo("management.adot.tracing.sampling.rules");
			Tracer tracer = context.getBean(OpenTelemetry.class).getTracer("test");
			assertThat(isSampled(tracer, "/orders/7")).isFalse();
			assertThat(isSampled(tracer, "/prices")).isTrue();
			assertThat(report.status().rules()).extracting(SamplingStatus.Rule::name, SamplingStatus.Rule::requests)
				.containsExactly(tuple("orders", 1L), tuple("others", 1L));
		});
	}

	private static boolean isSampled(Tracer tracer, String path) {
		return tracer.spanBuilder("GET")
			.setNoParent()
			.setAttribute("url.path", path)
			.startSpan()
			.getSpanContext()
			.isSampled();
	}

	private static List<SamplingRule> rules(String yaml) {
		SamplingProperties properties = new Binder(ConfigurationPropertySources.from(yaml(yaml)))
			.bindOrCreate(SamplingProperties.PREFIX, SamplingProperties.class);
		return ConfiguredRule.toRules(SamplingProperties.RULES, properties.rules());
	}

	/**
	 * An {@code application.yml} that has these rules.
	 */
	private static PropertySource<?> yaml(String rules) {
		String text = "management.adot.tracing.sampling.rules: " + rules.indent(2);
		try {
			return new YamlPropertySourceLoader()
				.load("application.yml", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)))
				.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
