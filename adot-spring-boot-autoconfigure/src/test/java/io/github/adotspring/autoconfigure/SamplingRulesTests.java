package io.github.adotspring.autoconfigure;

import java.time.Clock;
import java.util.Map;

import io.github.adotspring.autoconfigure.sampling.SamplingServer;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that sample by X-Ray's rules.
 */
@Timeout(120)
class SamplingRulesTests {

	private static final String REGION = "eu-west-1";

	private final SamplingServer signed = SamplingServer.signed(REGION, Clock.systemUTC());

	private final SamplingServer proxy = SamplingServer.proxy(Clock.systemUTC());

	@AfterEach
	void close() {
		this.signed.close();
		this.proxy.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void requestsAreSampledByTheRulesForTheirMethodPathHostAndService(String type) {
		rules(this.signed);
		try (TestApplication application = start("spring.main.web-application-type=" + type,
				"management.adot.tracing.sampling.sampler=xray", "management.adot.aws.region=" + REGION,
				"management.adot.aws.traces-endpoint=" + this.signed.url() + "/v1/traces")) {
			awaitRules(application);
			application.get("/orders/1");
			application.get("/orders/2");
			application.get("/prices");
			ReceivedSpan kept = application.awaitSpan("GET /prices");
			assertThat(kept.attributes()).containsEntry("aws.xray.sampling_rule", "prices");
			assertThat(application.collector().spans()).extracting(ReceivedSpan::name)
				.doesNotContain("GET /orders/{id}");
			assertThat(rule(sampling(application), "orders").path("requests").asLong()).isEqualTo(2);
			assertThat(rule(sampling(application), "orders").path("sampled").asLong()).isZero();
			assertThat(rule(sampling(application), "prices").path("sampled").asLong()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.tracing.sampling.endpoint=", "otel.traces.sampler.arg=endpoint=" })
	void rulesCanComeThroughAProxy(String endpoint) {
		rules(this.proxy);
		try (TestApplication application = start("otel.traces.sampler=xray", endpoint + this.proxy.url())) {
			awaitRules(application);
			application.get("/prices");
			assertThat(application.awaitSpan("GET /prices").attributes()).containsEntry("aws.xray.sampling_rule",
					"prices");
			assertThat(sampling(application).path("source").asString()).isEqualTo("proxy " + this.proxy.url());
		}
	}

	@Test
	void rulesCanComeFromAFile() {
		try (TestApplication application = start("management.adot.tracing.sampling.sampler=xray",
				"management.adot.tracing.sampling.rules-file=classpath:sampling-rules.json")) {
			awaitRules(application);
			application.get("/orders/1");
			application.get("/prices");
			application.awaitSpan("GET /prices");
			assertThat(application.collector().spans()).extracting(ReceivedSpan::name)
				.doesNotContain("GET /orders/{id}");
		}
	}

	@Test
	void theEndpointExplainsWhichRuleDecides() {
		rules(this.proxy);
		try (TestApplication application = start("management.adot.tracing.sampling.sampler=xray",
				"management.adot.tracing.sampling.endpoint=" + this.proxy.url())) {
			awaitRules(application);
			JsonNode answer = json(application, "/actuator/adot/sampling?method=GET&path=/prices&host=localhost");
			assertThat(answer).isEqualTo(JsonMapper.shared()
				.readTree(
						"""
								{"rule":"prices","rules":[
								{"name":"other","priority":1,"matches":false,"reason":"ServiceName is 'shop' and the rule wants 'other'"},
								{"name":"orders","priority":2,"matches":false,"reason":"URLPath is '/prices' and the rule wants '/orders/*'"},
								{"name":"prices","priority":3,"matches":true}]}"""));
			assertThat(application.exchange("/actuator/adot/nonsense").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', /actuator/health/liveness, /actuator/**", "'', /healthz, /healthz",
			"/internal/**;/plain, /internal/a/b, /internal/**", "/internal/**;/plain, /plain, /plain" })
	void theEndpointTellsThatAPathIsExcludedBeforeAnyRule(String configured, String path, String pattern) {
		try (TestApplication application = startWithFile(configured.isEmpty() ? "test.unused="
				: "management.adot.tracing.excluded-paths=" + configured.replace(';', ','))) {
			awaitRules(application);
			JsonNode answer = json(application, "/actuator/adot/sampling?method=GET&path=" + path);
			assertThat(answer).isEqualTo(JsonMapper.shared().readTree("""
					{"excluded": "the path matches '%s' of management.adot.tracing.excluded-paths, so that the \
					request is never sampled and no rule is asked", "rules": []}""".formatted(pattern)));
			assertThat(json(application, "/actuator/adot/sampling?path=/prices").path("rule").asString())
				.isEqualTo("everything");
		}
	}

	@Test
	void excludedPathsAreNeitherSampledNorCountedByAnyRule() {
		try (TestApplication application = startWithFile("test.unused=")) {
			awaitRules(application);
			application.get("/healthz");
			application.get("/actuator");
			application.get("/healthz", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-53995c3f42cd8ad8-01");
			application.get("/prices");
			application.awaitSpan("GET /prices");
			assertThat(application.collector().spans()).extracting(ReceivedSpan::name).containsExactly("GET /prices");
			JsonNode sampling = sampling(application);
			assertThat(rule(sampling, "everything").path("requests").asLong()).isEqualTo(1);
			assertThat(rule(sampling, "orders").path("requests").asLong()).isZero();
		}
	}

	@Test
	void applicationThatCannotGetRulesAnswersAndSaysWhy() {
		this.proxy.setDown(true);
		try (TestApplication application = start("management.adot.tracing.sampling.sampler=xray",
				"management.adot.tracing.sampling.endpoint=" + this.proxy.url())) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(sampling(application).at("/rulesPoll/failures").asInt()).isPositive());
			application.get("/prices");
			assertThat(sampling(application).path("fallback").asBoolean()).isTrue();
			assertThat(sampling(application).at("/rulesPoll/lastError").asString()).contains("503");
		}
	}

	@Test
	void withoutXraysRulesThereIsNothingToTell() {
		try (TestApplication application = start()) {
			assertThat(application.exchange("/actuator/adot/sampling").body()).isEmpty();
			assertThat(application.exchange("/actuator/adot/sampling?path=/healthz").body()).isEmpty();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("adot-sampling");
		}
	}

	private static TestApplication startWithFile(String property) {
		return start("management.adot.tracing.sampling.sampler=xray",
				"management.adot.tracing.sampling.rules-file=classpath:sampling-rules.json", property);
	}

	private static void rules(SamplingServer server) {
		server.state().put("other", Map.of("Priority", 1, "ServiceName", "other", "FixedRate", 1));
		server.state()
			.put("orders", Map.of("Priority", 2, "URLPath", "/orders/*", "HTTPMethod", "get", "Host", "local*"));
		server.state().put("prices", Map.of("Priority", 3, "URLPath", "/PRICE?", "FixedRate", 1));
	}

	private static TestApplication start(String... properties) {
		String[] all = new String[properties.length + 2];
		System.arraycopy(properties, 0, all, 0, properties.length);
		all[properties.length] = "spring.application.name=shop";
		all[properties.length + 1] = "management.endpoints.web.exposure.include=adot";
		return TestApplication.start(Shop.class, all);
	}

	private static void awaitRules(TestApplication application) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(sampling(application).path("fallback").asBoolean(true)).isFalse());
	}

	private static JsonNode sampling(TestApplication application) {
		return json(application, "/actuator/adot/sampling");
	}

	private static JsonNode json(TestApplication application, String path) {
		return JsonMapper.shared().readTree(application.get(path));
	}

	private static JsonNode rule(JsonNode sampling, String name) {
		for (JsonNode rule : sampling.path("rules")) {
			if (rule.path("name").asString().equals(name)) {
				return rule;
			}
		}
		throw new AssertionError("No rule '" + name + "' in " + sampling);
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@Bean
		AwsCredentialsProvider credentials() {
			return StaticCredentialsProvider
				.create(AwsBasicCredentials.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret()));
		}

		@GetMapping("/orders/{id}")
		String order() {
			return "order";
		}

		@GetMapping("/healthz")
		String health() {
			return "up";
		}

		@GetMapping("/prices")
		String prices() {
			return "prices";
		}

	}

}
