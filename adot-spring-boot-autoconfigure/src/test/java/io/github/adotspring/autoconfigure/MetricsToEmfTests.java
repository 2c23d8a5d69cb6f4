package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.emf.Documents;
import io.github.adotspring.autoconfigure.emf.LogsApi;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ValueCounts;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application's metrics on their whole way to CloudWatch Logs, and to the standard
 * output, as documents in Embedded Metric Format.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class MetricsToEmfTests {

	private static final String MISSING = "PutLogEvents com.amazonaws.logs#ResourceNotFoundException";

	@Test
	void groupAndStreamAreCreatedAndWhatFoundThemMissingIsSentAgain() {
		try (LogsApi logs = new LogsApi(); TestApplication application = start(logs)) {
			application.bean(MeteredShop.Stock.class).place(3);
			await(() -> assertThat(sum(logs, "orders.placed")).isEqualTo(3));
			application.bean(MeteredShop.Stock.class).place(4);
			await(() -> assertThat(sum(logs, "orders.placed")).isEqualTo(7));
			JsonNode items = adot(application).at("/signals/metrics/items");
			assertThat(items.path("exported").asLong()).isPositive();
			for (String lost : List.of("rejected", "failed", "dropped")) {
				assertThat(items.path(lost).asLong()).as(items.toString()).isZero();
			}
			application.stop();
			assertThat(logs.calls()).startsWith(MISSING).endsWith("PutLogEvents");
			// Two sources can find out at the same time.
			assertThat(Collections.frequency(logs.calls(), "CreateLogGroup")).isEqualTo(1);
			assertThat(Collections.frequency(logs.calls(), "CreateLogStream")).isEqualTo(1);
			assertThat(logs.calls()).allMatch((call) -> call.startsWith("PutLogEvents") || call.startsWith("Create"));
			assertThat(documents(logs)).isNotEmpty();
		}
	}

	@Test
	void documentsGivePercentilesBack() {
		try (LogsApi logs = new LogsApi(); TestApplication application = start(logs)) {
			application.get("/orders");
			double[] seconds = application.bean(MeteredShop.Stock.class).reserve();
			application.bean(MeteredShop.Stock.class).level(41);
			await(() -> assertThat(count(logs, "stock.reserve")).isEqualTo(seconds.length));
			await(() -> assertThat(count(logs, "shop.reserved")).isEqualTo(seconds.length));
			await(() -> assertThat(count(logs, "http.server.requests")).isEqualTo(1));
			application.stop();
			counts(logs, "stock.reserve").assertSimilarTo(seconds, 1000);
			counts(logs, "shop.reserved").assertSimilarTo(seconds, 1);
			assertThat(values(logs, "stock.level")).extracting(JsonNode::asDouble).endsWith(41.0);
			assertThat(documents(logs)).allSatisfy((document) -> {
				assertThat(document.at("/_aws/CloudWatchMetrics/0/Namespace").asString()).isEqualTo("shop");
				assertThat(document.path("Service").asString()).isEqualTo("shop");
			});
		}
	}

	@Test
	void nothingIsLostOrCountedTwiceAcrossARestart() {
		try (LogsApi logs = new LogsApi()) {
			for (int i = 0; i < 2; i++) {
				try (TestApplication application = start(logs, "management.otlp.metrics.export.step=1h",
						"otel.metric.export.interval=3600000")) {
					application.bean(MeteredShop.Stock.class).place(3);
					application.bean(MeteredShop.Stock.class).sell("tea", 2);
					application.bean(MeteredShop.Stock.class).reserve();
				}
			}
			assertThat(sum(logs, "orders.placed")).isEqualTo(6);
			assertThat(sum(logs, "shop.sold")).isEqualTo(4);
			assertThat(count(logs, "stock.reserve")).isEqualTo(400);
			assertThat(count(logs, "shop.reserved")).isEqualTo(400);
			assertThat(Collections.frequency(logs.calls(), "CreateLogGroup")).isEqualTo(1);
		}
	}

	@Test
	void changesAreRightBesideADestinationThatWantsSums() {
		try (LogsApi logs = new LogsApi();
				TestApplication application = start(logs, "management.adot.metrics.export.to=emf,collector")) {
			for (int i = 1; i <= 3; i++) {
				double orders = 5 * i;
				application.bean(MeteredShop.Stock.class).place(5);
				application.bean(MeteredShop.Stock.class).reserve();
				await(() -> assertThat(sum(logs, "orders.placed")).isEqualTo(orders));
			}
			application.stop();
			assertThat(sum(logs, "orders.placed")).isEqualTo(15);
			assertThat(count(logs, "stock.reserve")).isEqualTo(600);
			assertThat(count(logs, "shop.reserved")).isEqualTo(600);
		}
	}

	@Test
	void standardOutputHasADocumentALine(CapturedOutput output) {
		try (LogsApi logs = new LogsApi();
				TestApplication application = start(logs, "management.adot.metrics.emf.output=stdout")) {
			double[] seconds = application.bean(MeteredShop.Stock.class).reserve();
			application.bean(MeteredShop.Stock.class).place(3);
			await(() -> assertThat(printed(output, "orders.placed")).isNotEmpty());
			application.bean(MeteredShop.Stock.class).place(4);
			application.stop();
			assertThat(printed(output, "orders.placed").stream().mapToDouble(JsonNode::asDouble).sum()).isEqualTo(7);
			assertThat(printed(output, "stock.reserve").stream()
				.mapToDouble((value) -> value.path("Counts").valueStream().mapToDouble(JsonNode::asDouble).sum())
				.sum()).isEqualTo(seconds.length);
			assertThat(logs.calls()).isEmpty();
		}
	}

	private static TestApplication start(LogsApi logs, String... properties) {
		return TestApplication.start(MeteredShop.class,
				Stream
					.concat(Stream.of("spring.application.name=shop", "management.endpoints.web.exposure.include=*",
							"management.otlp.metrics.export.enabled=true", "management.otlp.metrics.export.step=1s",
							"otel.metric.export.interval=1000", "management.adot.metrics.export.to=emf",
							"management.adot.aws.region=" + AwsEndpoint.REGION,
							"management.adot.metrics.emf.endpoint=" + logs.url()), Stream.of(properties))
					.toArray(String[]::new));
	}

	private static List<JsonNode> documents(LogsApi logs) {
		return logs.events().stream().map((event) -> Documents.read(event.path("message").asString())).toList();
	}

	private static List<JsonNode> printed(CapturedOutput output, String metric) {
		return values(
				output.getOut().lines().filter((line) -> line.startsWith("{\"_aws\"")).map(Documents::read).toList(),
				metric);
	}

	private static List<JsonNode> values(LogsApi logs, String metric) {
		return values(documents(logs), metric);
	}

	private static List<JsonNode> values(List<JsonNode> documents, String metric) {
		return documents.stream()
			.filter((document) -> Documents.names(document).contains(metric))
			.map((document) -> document.path(metric))
			.toList();
	}

	private static double sum(LogsApi logs, String metric) {
		return values(logs, metric).stream().mapToDouble(JsonNode::asDouble).sum();
	}

	private static double count(LogsApi logs, String metric) {
		return counts(logs, metric).count();
	}

	private static ValueCounts counts(LogsApi logs, String metric) {
		ValueCounts counts = new ValueCounts();
		for (JsonNode value : values(logs, metric)) {
			for (int i = 0; i < value.path("Values").size(); i++) {
				counts.add(value.path("Values").path(i).asDouble(), value.path("Counts").path(i).asDouble());
			}
		}
		return counts;
	}

	private static JsonNode adot(TestApplication application) {
		return JsonMapper.shared().readTree(application.get("/actuator/adot"));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
	}

}
