package io.github.adotspring.autoconfigure;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what operators see of an application: endpoint, health and meters.
 */
@Timeout(120)
class ActuatorTests {

	private static final AccessKey KEY = AccessKey.EXAMPLE.withSessionToken("secret-session");

	private static final String FORBIDDEN = "User: arn:aws:sts::123456789012:assumed-role/shop/i-1 is not authorized to"
			+ " perform: xray:PutTraceSegments";

	@Test
	void theEndpointTellsWhatWasDeliveredAndWhere() {
		try (AwsEndpoint xray = xray(); TestApplication application = startSigned(xray)) {
			deliver(application, 3);
			Awaitility.await()
				.untilAsserted(() -> assertThat(adot(application).at("/signals/traces/queue"))
					.isEqualTo(quoted("{'size':0,'capacity':2048}")));
			JsonNode adot = adot(application);
			assertThat(adot.propertyNames()).containsExactly("failing", "signals", "meters", "sampler", "resource",
					"versions");
			assertThat(adot.path("failing").isEmpty()).isTrue();
			assertThat(adot.path("signals").propertyNames()).containsExactly("traces", "metrics", "logs");
			JsonNode traces = adot.at("/signals/traces");
			assertThat(traces.propertyNames()).containsExactly("failing", "lastSuccess", "destination", "items",
					"bytes", "inFlight", "queue");
			assertThat(traces.path("failing").asBoolean()).isFalse();
			assertThat(traces.path("bytes").asLong())
				.isEqualTo(xray.requests().stream().mapToLong((request) -> request.body().length).sum());
			JsonNode destination = traces.path("destination");
			assertThat(destination.propertyNames()).containsExactly("to", "description", "decidedBy", "endpoint",
					"region", "identity");
			assertThat(destination.path("to").asString()).isEqualTo("aws");
			assertThat(destination.path("decidedBy").asString()).isEqualTo("chosen by management.adot.export.to");
			assertThat(destination.at("/endpoint/url").asString()).isEqualTo(xray.url("/v1/traces").toString());
			assertThat(destination.at("/endpoint/origin").asString()).contains("management.adot.aws.traces-endpoint");
			assertThat(destination.path("region").asString()).isEqualTo("eu-west-1");
			assertThat(destination.at("/identity/source").asString()).isNotEmpty();
			assertThat(traces.path("items")).isEqualTo(quoted(
					"{'received':3,'recovered':0,'exported':3,'rejected':0,'failed':0,'dropped':0,'spooled':0}"));
			assertThat(adot.path("sampler").asString()).contains("ParentBased");
			assertThat(adot.at("/resource/attributes/service.name").asString()).isEqualTo("shop");
			assertThat(adot.at("/resource/attributes").propertyNames()).doesNotContain("process.command_line",
					"process.command_args");
			assertThat(adot.at("/versions/openTelemetrySdk").asString())
				.isEqualTo(adot.at("/resource/attributes/telemetry.sdk.version").asString())
				.startsWith("1.");
			assertThat(adot.at("/versions/starter").asString()).isNotEmpty();
			assertMetersAreThoseOfTheEndpoint(application);
		}
	}

	@Test
	void aSignalThatGoesNowhereHasNothingButItsDestination() {
		try (TestApplication application = TestApplication.start(Shop.class, exposed(),
				"management.adot.logging.export.to=auto", "otel.logs.exporter=console")) {
			JsonNode signals = adot(application).path("signals");
			assertThat(signals.path("metrics").propertyNames()).containsExactly("destination");
			assertThat(signals.at("/metrics/destination/to").asString()).isEqualTo("none");
			assertThat(signals.path("logs").propertyNames()).containsExactly("destination");
			assertThat(signals.at("/logs/destination").propertyNames()).containsExactly("description");
			assertThat(signals.at("/logs/destination/description").asString()).contains("chosen by otel.logs.exporter");
			assertThat(application.bean(MeterRegistry.class).get("adot.delivery.received").functionCounters())
				.extracting((meter) -> meter.getId().getTag("signal"))
				.containsExactly("traces");
		}
	}

	@Test
	void aRefusalIsToldWithItsReasonAndWhatToDo() {
		try (AwsEndpoint xray = xray(); TestApplication application = startSigned(xray)) {
			deliver(application, 1);
			xray.enqueue(Answer.error(403, FORBIDDEN));
			application.get("/orders");
			awaitFailing(application, true);
			JsonNode adot = adot(application);
			assertThat(adot.path("failing")).isEqualTo(quoted("['traces']"));
			JsonNode traces = adot.at("/signals/traces");
			assertThat(traces.propertyNames()).startsWith("failing", "lastError", "lastSuccess", "destination");
			assertThat(traces.at("/lastError/time").asString()).isGreaterThan(traces.path("lastSuccess").asString());
			assertThat(traces.at("/lastError/message").asString()).isEqualTo("HTTP 403: " + FORBIDDEN);
			assertThat(traces.at("/lastError/advice").asString()).contains("xray:PutTraceSegments");
			assertThat(traces.at("/items/rejected").asLong()).isEqualTo(1);
			assertThat(traces.at("/items/reasons")).isEqualTo(quoted("{'rejected':{'rejected':1}}"));
			assertMetersAreThoseOfTheEndpoint(application);
		}
	}

	@Test
	void whatADestinationTakesOnlyInPartIsToldByReason() {
		try (TestApplication application = TestApplication.start(Shop.class, exposed())) {
			application.collector()
				.enqueue(Answer.partialSuccess(1, "{\"tooOldLogEventCount\":1}"), Answer.error(400, "no"));
			application.get("/orders");
			Awaitility.await()
				.untilAsserted(() -> assertThat(adot(application).at("/signals/traces/items/reasons"))
					.isEqualTo(quoted("{'rejected':{'too_old':1}}")));
			application.get("/orders");
			Awaitility.await()
				.untilAsserted(() -> assertThat(adot(application).at("/signals/traces/items/reasons"))
					.isEqualTo(quoted("{'rejected':{'rejected':1,'too_old':1}}")));
			assertMetersAreThoseOfTheEndpoint(application);
		}
	}

	@Test
	void healthIsDownWhileADestinationRefusesAndProbesDoNotCare() {
		try (AwsEndpoint xray = xray();
				TestApplication application = startSigned(xray, "management.endpoint.health.probes.enabled=true",
						"management.endpoint.health.show-details=always")) {
			deliver(application, 1);
			assertHealth(application, 200, "UP");
			xray.enqueue(Answer.error(403, FORBIDDEN));
			application.get("/orders");
			awaitFailing(application, true);
			JsonNode details = assertHealth(application, 503, "DOWN").path("details");
			assertThat(details.propertyNames()).containsExactly("traces");
			assertThat(details.at("/traces/destination").asString()).isEqualTo("aws");
			assertThat(details.at("/traces/failing").asBoolean()).isTrue();
			assertThat(details.at("/traces/lastError").asString()).contains("is not authorized");
			assertThat(details.at("/traces/lastSuccess").asString()).isNotEmpty();
			assertThat(json(application.get("/actuator/health/liveness")).path("status").asString()).isEqualTo("UP");
			assertThat(json(application.get("/actuator/health/readiness")).path("status").asString()).isEqualTo("UP");
			int requests = xray.requests().size();
			assertHealth(application, 503, "DOWN");
			assertThat(xray.requests()).hasSize(requests);
			application.get("/orders");
			awaitFailing(application, false);
			assertThat(assertHealth(application, 200, "UP").at("/details/traces/lastError").asString()).isNotEmpty();
		}
	}

	@Test
	void aCheckSendsAnEmptyExportAndTellsWhatCameOfIt() {
		try (AwsEndpoint xray = xray(); TestApplication application = startSigned(xray)) {
			JsonNode check = json(application.post("/actuator/adot/check").body());
			assertThat(check.propertyNames()).containsExactly("ok", "signals");
			assertThat(check.path("ok").asBoolean()).isTrue();
			assertThat(check.path("signals").propertyNames()).containsExactly("traces", "metrics", "logs");
			assertThat(check.at("/signals/traces").propertyNames()).containsExactly("result", "millis");
			assertThat(check.at("/signals/traces/result").asString()).isEqualTo("OK");
			assertThat(check.at("/signals/metrics/result").asString()).isEqualTo("NOT_SENT");
			assertThat(check.at("/signals/metrics/message").asString())
				.startsWith("no remote destination: none (management.otlp.metrics.export.enabled is false");
			assertThat(xray.requests()).hasSize(1);
			assertThat(xray.refusals()).isEmpty();
			assertThat(xray.spans()).isEmpty();
			assertThat(adot(application).at("/signals/traces/items/received").asLong()).isZero();
			xray.enqueue(Answer.error(403, FORBIDDEN), Answer.error(403, FORBIDDEN));
			check = json(application.post("/actuator/adot/check").body());
			assertThat(check.path("ok").asBoolean()).isFalse();
			assertThat(check.at("/signals/traces/result").asString()).isEqualTo("FAILED");
			assertThat(check.at("/signals/traces/message").asString()).isEqualTo("HTTP 403: " + FORBIDDEN);
			assertThat(check.at("/signals/traces/advice").asString()).contains("xray:PutTraceSegments");
			assertThat(adot(application).path("failing").isEmpty()).isTrue();
		}
	}

	@Test
	void aCheckIsOverAfterTheTimeoutOfTheDelivery() {
		try (AwsEndpoint xray = xray();
				TestApplication application = startSigned(xray, "management.adot.delivery.timeout=100ms",
						"management.adot.delivery.request-timeout=20s")) {
			CountDownLatch gate = new CountDownLatch(1);
			xray.enqueue(Answer.status(200).after(gate));
			JsonNode check = json(application.post("/actuator/adot/check").body());
			gate.countDown();
			assertThat(check.at("/signals/traces/result").asString()).isEqualTo("FAILED");
			assertThat(check.at("/signals/traces/millis").asLong()).isBetween(90L, 10_000L);
		}
	}

	@Test
	void anotherTaskIsNotFound() {
		try (AwsEndpoint xray = xray(); TestApplication application = startSigned(xray)) {
			assertThat(application.post("/actuator/adot/restart").statusCode()).isEqualTo(404);
			assertThat(application.exchange("/actuator/adot/check").statusCode()).isEqualTo(405);
			assertThat(xray.requests()).isEmpty();
		}
	}

	@Test
	void nothingSecretIsTold() {
		try (AwsEndpoint xray = xray();
				TestApplication application = startSigned(xray,
						"otel.exporter.otlp.headers=x-api-key=secret-header,authorization=Basic%20secret-basic",
						"management.endpoint.health.show-details=always")) {
			deliver(application, 1);
			xray.enqueue(Answer.error(403, "no"), Answer.error(403, "no"));
			application.get("/orders");
			awaitFailing(application, true);
			String told = application.get("/actuator/adot") + application.post("/actuator/adot/check").body()
					+ application.exchange("/actuator/health").body();
			assertThat(told).contains("HTTP 403")
				.doesNotContainIgnoringCase("secret-")
				.doesNotContain("x-api-key")
				.doesNotContain(KEY.id())
				.doesNotContain(KEY.secret());
			assertThat(xray.requests().get(0).header("x-api-key")).isEqualTo("secret-header");
		}
	}

	private static AwsEndpoint xray() {
		return AwsEndpoint.builder().credentials(KEY).region("eu-west-1").start();
	}

	private static TestApplication startSigned(AwsEndpoint xray, String... properties) {
		String[] all = Stream
			.concat(Stream.of(exposed(), "spring.application.name=shop", "management.adot.export.to=aws",
					"management.adot.aws.region=eu-west-1",
					"management.adot.aws.traces-endpoint=" + xray.url("/v1/traces")), Stream.of(properties))
			.toArray(String[]::new);
		return TestApplication.startWithoutEndpoint(SignedShop.class, all);
	}

	private static String exposed() {
		return "management.endpoints.web.exposure.include=*";
	}

	/**
	 * Waits until spans were delivered and that is accounted for.
	 */
	private static void deliver(TestApplication application, int count) {
		for (int i = 0; i < count; i++) {
			application.get("/orders");
		}
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(adot(application).at("/signals/traces/items/exported").asInt()).isEqualTo(count));
	}

	private static void awaitFailing(TestApplication application, boolean failing) {
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(adot(application).at("/signals/traces/failing").asBoolean()).isEqualTo(failing));
	}

	private static JsonNode assertHealth(TestApplication application, int status, String expected) {
		var response = application.exchange("/actuator/health");
		assertThat(response.statusCode()).isEqualTo(status);
		JsonNode adot = json(response.body()).at("/components/adot");
		assertThat(adot.path("status").asString()).isEqualTo(expected);
		return adot;
	}

	private static void assertMetersAreThoseOfTheEndpoint(TestApplication application) {
		MeterRegistry registry = application.bean(MeterRegistry.class);
		JsonNode traces = adot(application).at("/signals/traces");
		JsonNode items = traces.path("items");
		assertThat(registry.get("adot.delivery.received").functionCounter().count())
			.isEqualTo(items.path("received").asDouble())
			.isPositive();
		assertThat(registry.get("adot.delivery.bytes").functionCounter().count())
			.isEqualTo(traces.path("bytes").asDouble());
		assertThat(registry.get("adot.delivery.failing").gauge().value())
			.isEqualTo(traces.path("failing").asBoolean() ? 1 : 0);
		Map<String, Map<String, Double>> lost = new TreeMap<>();
		registry.get("adot.delivery.items").functionCounters().forEach((meter) -> {
			if (meter.count() > 0) {
				lost.computeIfAbsent(meter.getId().getTag("result"), (key) -> new TreeMap<>())
					.put(meter.getId().getTag("reason"), meter.count());
			}
		});
		Map<String, Double> exported = lost.remove("exported");
		assertThat((exported != null) ? sum(exported.values()) : 0).isEqualTo(items.path("exported").asDouble());
		lost.forEach((result, reasons) -> assertThat(sum(reasons.values())).isEqualTo(items.path(result).asDouble()));
		Map<String, Map<String, Double>> told = new TreeMap<>();
		items.path("reasons").forEachEntry((result, reasons) -> {
			Map<String, Double> byReason = new TreeMap<>();
			reasons.forEachEntry((reason, count) -> byReason.put(reason, count.asDouble()));
			told.put(result, byReason);
		});
		assertThat(lost).isEqualTo(told);
	}

	private static double sum(Collection<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).sum();
	}

	private static JsonNode adot(TestApplication application) {
		return json(application.get("/actuator/adot"));
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

	private static JsonNode quoted(String text) {
		return json(text.replace('\'', '"'));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SignedShop extends Shop {

		@Bean
		AwsCredentialsProvider credentialsProvider() {
			return StaticCredentialsProvider
				.create(AwsSessionCredentials.create(KEY.id(), KEY.secret(), String.valueOf(KEY.sessionToken())));
		}

	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping("/orders")
		String orders() {
			return "";
		}

	}

}
