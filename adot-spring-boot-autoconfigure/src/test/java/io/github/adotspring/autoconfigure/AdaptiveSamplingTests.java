package io.github.adotspring.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.github.adotspring.autoconfigure.sampling.SamplingServer;
import io.github.adotspring.autoconfigure.sampling.SamplingState;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that sample more where there are anomalies.
 */
@Timeout(120)
class AdaptiveSamplingTests {

	private final SamplingServer xray = SamplingServer.proxy(Clock.systemUTC());

	@BeforeEach
	void addRule() {
		rule(Map.of());
	}

	@AfterEach
	void close() {
		this.xray.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.tracing.sampling.adaptive.version=1.0",
			"management.adot.tracing.sampling.adaptive.anomaly-capture-limit.anomaly-traces-per-second=1",
			"management.adot.tracing.sampling.adaptive.anomaly-conditions[0].error-code-regex=^5\\d\\d$",
			"aws.xray.adaptive.sampling.config={version: 1.0}", """
					aws.xray.adaptive.sampling.config=version: 1.0
					anomalyConditions:
					- errorCodeRegex: "^5.*"
					  operations: ["GET /orders/{id}"]
					  usage: anomaly-trace-capture
					""" })
	void traceWithAnAnomalyIsExportedThoughItIsNotSampled(String configuration) {
		try (TestApplication application = start("spring.main.web-application-type=servlet", configuration)) {
			application.get("/prices");
			application.exchange("/orders/1");
			ReceivedSpan span = application.awaitSpan("GET /orders/{id}");
			assertThat(span.attributes()).containsEntry("aws.xray.sampling_rule", "shop")
				.containsEntry("aws.xray.adaptive_sampling_configured", true);
			assertThat(application.collector().spans()).extracting(ReceivedSpan::name).doesNotContain("GET /prices");
			assertThat(sampling(application).at("/adaptive/captured").asInt()).isEqualTo(1);
		}
	}

	@Test
	void tracesAreCapturedOnWebFlux() {
		try (TestApplication application = start("spring.main.web-application-type=reactive",
				"management.adot.tracing.sampling.adaptive.version=1.0")) {
			application.exchange("/orders/1");
			assertThat(application.awaitSpan("GET /orders/{id}").attributes()).containsEntry("aws.xray.sampling_rule",
					"shop");
		}
	}

	@Test
	void whatFailsOnAnExcludedPathIsNotCaptured() {
		try (TestApplication application = start("management.adot.tracing.sampling.adaptive.version=1.0",
				"management.adot.tracing.excluded-paths=/orders/**")) {
			application.exchange("/orders/1");
			application.exchange("/carts/1");
			application.awaitSpan("GET /carts/{id}");
			assertThat(application.collector().spans()).extracting(ReceivedSpan::name)
				.doesNotContain("GET /orders/{id}");
			assertThat(sampling(application).at("/adaptive/captured").asInt()).isEqualTo(1);
		}
	}

	@Test
	void xrayIsToldOfAnomaliesAndItsBoostIsObeyed() {
		rule(Map.of("SamplingRateBoost", Map.of("MaxRate", 1, "CooldownWindowMinutes", 1)));
		this.xray.state().boost("shop", 1, Instant.now().plus(Duration.ofMinutes(1)));
		try (TestApplication application = start()) {
			application.exchange("/orders/1");
			application.exchange("/orders/2");
			application.get("/prices");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(this.xray.state().boostTotals("shop"))
					.isEqualTo(new SamplingState.BoostTotals(3, 2, 0)));
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(sampling(application).at("/rules/0/boostRate").asDouble(0)).isEqualTo(1));
			application.get("/prices");
			application.awaitSpan("GET /prices");
			assertThat(application.collector().spans()).extracting(ReceivedSpan::name).containsOnly("GET /prices");
		}
	}

	private void rule(Map<String, ?> fields) {
		Map<String, Object> all = new HashMap<>(Map.of("Priority", 1));
		all.putAll(fields);
		this.xray.state().put("shop", all);
	}

	private TestApplication start(String... properties) {
		String[] all = new String[properties.length + 4];
		System.arraycopy(properties, 0, all, 0, properties.length);
		all[properties.length] = "spring.application.name=shop";
		all[properties.length + 1] = "management.endpoints.web.exposure.include=adot";
		all[properties.length + 2] = "management.adot.tracing.sampling.sampler=xray";
		all[properties.length + 3] = "management.adot.tracing.sampling.endpoint=" + this.xray.url();
		TestApplication application = TestApplication.start(Shop.class, all);
		Awaitility.await()
			.untilAsserted(() -> assertThat(sampling(application).path("fallback").asBoolean(true)).isFalse());
		return application;
	}

	private static JsonNode sampling(TestApplication application) {
		return JsonMapper.shared().readTree(application.get("/actuator/adot/sampling"));
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping("/orders/{id}")
		String order() {
			throw new ResponseStatusException(HttpStatus.BAD_GATEWAY);
		}

		@GetMapping("/carts/{id}")
		String cart() {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
		}

		@GetMapping("/prices")
		String prices() {
			return "prices";
		}

	}

}
