package io.github.adotspring.autoconfigure.emf;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EmfTranslator} and what it is made of.
 */
final class EmfTranslatorTests {

	private static final EmfSettings PLAIN = Documents.settings(false, false);

	@Test
	void documentHasNamespaceDimensionsUnitsAndValues() {
		EmfTranslation translation = new EmfTranslator(Documents.SETTINGS, new ManualClock())
			.translate(Metrics.of("service.name", "orders", "deployment.environment.name", "prod")
				.unit("ms")
				.gauge("latency", 12.5, "uri", "/a", "method", "GET")
				.unit("")
				.gauge("size", 3, "uri", "/a", "method", "GET")
				.message()
				.toByteArray());
		assertThat(translation.dropped()).isEmpty();
		assertThat(translation.documents()).singleElement().satisfies((document) -> {
			assertThat(document.points()).isEqualTo(2);
			assertThat(document.timestamp()).isEqualTo(Metrics.NOW.toEpochMilli());
			assertThat(Documents.read(document.json()))
				.hasToString("{\"_aws\":{\"Timestamp\":1767225600000,\"CloudWatchMetrics\":[{\"Namespace\":\"shop\","
						+ "\"Dimensions\":[[\"method\",\"uri\",\"Service\",\"Environment\"]],"
						+ "\"Metrics\":[{\"Name\":\"latency\",\"Unit\":\"Milliseconds\"},{\"Name\":\"size\"}]}]},"
						+ "\"method\":\"GET\",\"uri\":\"/a\",\"Service\":\"orders\",\"Environment\":\"prod\","
						+ "\"otel.resource.deployment.environment.name\":\"prod\","
						+ "\"otel.resource.service.name\":\"orders\",\"latency\":12.5,\"size\":3}");
		});
	}

	@Test
	void metricsWithoutDimensionsHaveAnEmptySet() {
		assertThat(Documents.dimensions(Documents.only(Documents.of(Metrics.of().gauge("m", 1))))).isEqualTo("[[]]");
	}

	@Test
	void sameResourceScopeAttributesAndTimeIsOneDocument() {
		assertThat(Documents.of(Metrics.of().gauge("a", 1, "x", "1", "y", "2").gauge("b", 2, "y", "2", "x", "1")))
			.hasSize(1);
		assertThat(Documents.of(Metrics.of().gauge("a", 1, "x", "1").gauge("b", 2, "x", "2"))).hasSize(2);
		assertThat(Documents.of(Metrics.of().gauge("a", 1, "x", "1").gauge("b", 2, "y", "1"))).hasSize(2);
		assertThat(Documents.of(Metrics.of().gauge("a", 1).gauge("b", Metrics.NOW.plusNanos(999_999), 2)).size())
			.isEqualTo(1);
		assertThat(Documents.of(Metrics.of().gauge("a", 1).gauge("b", Metrics.NOW.plusMillis(1), 2))).hasSize(2);
	}

	@Test
	void otherResourceOrScopeIsAnotherDocument() {
		Metrics first = Metrics.of("service.name", "a").scope("s").gauge("a", 1);
		assertThat(Documents.of(PLAIN, first.with(Metrics.of("service.name", "a").scope("s").gauge("b", 1))))
			.hasSize(1);
		assertThat(Documents.of(PLAIN, first.with(Metrics.of("service.name", "b").scope("s").gauge("b", 1))))
			.hasSize(2);
		assertThat(Documents.of(PLAIN, first.with(Metrics.of("service.name", "a").scope("t").gauge("b", 1))))
			.hasSize(2);
	}

	@Test
	void sameNameTwiceIsTwoDocuments() {
		List<JsonNode> documents = Documents
			.of(Metrics.of().gauge("a", 1).gauge("a", 2).gauge("b", 3).gauge("é", 4).gauge("è", 5));
		assertThat(documents).hasSize(2);
		assertThat(documents.stream().map((document) -> document.path("a").asInt())).containsExactlyInAnyOrder(1, 2);
		assertThat(documents.stream().map((document) -> document.path("%C3%A9").asInt(-1))).containsExactlyInAnyOrder(4,
				-1);
	}

	@Test
	void hundredMetricsAreTheMostOfADocument() {
		Metrics metrics = Metrics.of();
		for (int i = 0; i < 201; i++) {
			metrics.gauge("m" + i, i);
		}
		assertThat(Documents.of(metrics).stream().map((document) -> Documents.names(document).size()))
			.containsExactlyInAnyOrder(100, 100, 1);
	}

	@Test
	void attributeNamedLikeAMetricDoesNotOverwriteIt() {
		List<JsonNode> documents = Documents
			.of(Metrics.of().gauge("size", 1, "size", "L").gauge("other", 2, "size", "L"));
		assertThat(documents).hasSize(2);
		JsonNode size = documents.stream()
			.filter((document) -> document.has("attribute.size"))
			.findFirst()
			.orElseThrow();
		assertThat(size.path("size").asInt()).isEqualTo(1);
		assertThat(size.path("attribute.size").asString()).isEqualTo("L");
		assertThat(Documents.dimensions(size)).isEqualTo("[[\"attribute.size\"]]");
		JsonNode other = documents.stream().filter((document) -> document.has("other")).findFirst().orElseThrow();
		assertThat(other.path("size").asString()).isEqualTo("L");
	}

	@Test
	void nothingOverwritesTheMetadata() {
		JsonNode document = Documents.only(Documents.of(Metrics.of().gauge("_aws", 7, "_aws", "x")));
		assertThat(document.path("_aws_").asInt()).isEqualTo(7);
		assertThat(document.path("attribute._aws").asString()).isEqualTo("x");
	}

	@Test
	void metricNamedLikeServiceOrAResourceAttributeKeepsItsName() {
		for (JsonNode document : Documents.of(Documents.SETTINGS,
				Metrics.of("a", "b").gauge("Service", 1).gauge("otel.resource.a", 2))) {
			assertThat(document.at("/" + Documents.names(document).get(0)).isNumber()).isTrue();
		}
	}

	@Test
	void keysThatBecomeTheSameNameStayTwo() {
		JsonNode document = Documents
			.only(Documents.of(Metrics.of().gauge("m", 1, "é", "a", "è", "b", ":x", "c", " ", "d", "", "e")));
		assertThat(Documents.dimensions(document)).isEqualTo("[[\"_\",\"%20\",\"%3Ax\",\"%C3%A8\",\"%C3%A9\"]]");
	}

	@Test
	void valuesOfDimensionsAreAsciiAndStayApart() {
		JsonNode document = Documents.only(Documents.of(Metrics.of()
			.gauge("m", 1, "a", "é", "b", "", "c", " ", "d", "line\nbreak", "e", "half \ud800", "f", "quote\"\\")));
		assertThat(document.path("a").asString()).isEqualTo("%C3%A9");
		assertThat(document.path("b").asString()).isEqualTo("-");
		assertThat(document.path("c").asString()).isEqualTo("-");
		assertThat(document.path("d").asString()).isEqualTo("line%0Abreak");
		assertThat(document.path("e").asString()).startsWith("half ");
		assertThat(document.path("f").asString()).isEqualTo("quote\"\\");
		List<JsonNode> longOnes = Documents
			.of(Metrics.of().gauge("m", 1, "a", "x".repeat(2000) + "1").gauge("m", 1, "a", "x".repeat(2000) + "2"));
		assertThat(longOnes.stream().map((each) -> each.path("a").asString()).distinct()).hasSize(2)
			.allMatch((value) -> value.length() == 1024);
	}

	@Test
	void attributesOfAllTypesAreText() {
		JsonNode document = Documents.only(
				Documents.of(
						Metrics.of()
							.add("m", (metric) -> metric.getGaugeBuilder()
								.addDataPoints(NumberDataPoint.newBuilder()
									.setTimeUnixNano(Metrics.nanos(Metrics.NOW))
									.setAsInt(1)
									.addAttributes(attribute("array",
											AnyValue.newBuilder()
												.setArrayValue(ArrayValue.newBuilder()
													.addValues(AnyValue.newBuilder().setStringValue("a\""))
													.addValues(AnyValue.newBuilder().setIntValue(2)))))
									.addAttributes(attribute("bool", AnyValue.newBuilder().setBoolValue(true)))
									.addAttributes(attribute("double", AnyValue.newBuilder().setDoubleValue(0.5)))
									.addAttributes(attribute("none", AnyValue.newBuilder()))))));
		assertThat(document.path("array").asString()).isEqualTo("[\"a\\\"\",2]");
		assertThat(document.path("bool").asString()).isEqualTo("true");
		assertThat(document.path("double").asString()).isEqualTo("0.5");
		assertThat(document.path("none").asString()).isEqualTo("-");
	}

	private static KeyValue attribute(String key, AnyValue.Builder value) {
		return KeyValue.newBuilder().setKey(key).setValue(value).build();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void thirtyDimensionsAreTheMostAndTheRestIsSaidOnce(CapturedOutput output) {
		EmfTranslator translator = new EmfTranslator(Documents.SETTINGS, new ManualClock());
		byte[] message = Metrics.of().gauge("m", 1, Metrics.manyAttributes(40)).message().toByteArray();
		translator.translate(message);
		JsonNode document = Documents.read(translator.translate(message).documents().get(0).json());
		JsonNode set = document.at("/_aws/CloudWatchMetrics/0/Dimensions/0");
		assertThat(set).hasSize(30);
		assertThat(set.valueStream().map(JsonNode::asString)).startsWith("key000", "key001")
			.endsWith("key027", "Service", "Environment");
		assertThat(document.path("key039").asString()).isEqualTo("value39");
		assertThat(output).containsOnlyOnce("Metric 'm' has more than 30 dimensions")
			.contains("management.adot.metrics.emf.dimensions");
	}

	@Test
	void rulesChooseDimensionsByName() {
		EmfSettings settings = Documents.settings(true, true,
				new DimensionRule(List.of("http.*", "jvm.threads"),
						List.of(List.of("uri", "Service"), List.of("Service"), List.of(),
								List.of("otel.resource.zone"))),
				new DimensionRule(List.of("*"), List.of(List.of("uri"))));
		List<JsonNode> documents = Documents.of(settings,
				Metrics.of("service.name", "s", "zone", "z")
					.gauge("http.server", 1, "uri", "/", "method", "GET")
					.gauge("other", 2, "uri", "/", "method", "GET"));
		JsonNode directives = Documents.only(documents).at("/_aws/CloudWatchMetrics");
		assertThat(directives).hasSize(2);
		assertThat(directives.at("/0/Dimensions"))
			.hasToString("[[\"uri\",\"Service\"],[\"Service\"],[],[\"otel.resource.zone\"]]");
		assertThat(directives.at("/0/Metrics/0/Name").asString()).isEqualTo("http.server");
		assertThat(directives.at("/1/Dimensions")).hasToString("[[\"uri\"]]");
		assertThat(documents.get(0).path("method").asString()).isEqualTo("GET");
	}

	@Test
	void setsShrinkToWhatThereIs() {
		EmfSettings settings = Documents.settings(false, false,
				new DimensionRule(List.of("*"), List.of(List.of("uri", "status"), List.of("uri"))));
		assertThat(Documents.dimensions(Documents.only(Documents.of(settings, Metrics.of().gauge("m", 1, "uri", "/")))))
			.isEqualTo("[[\"uri\"]]");
		assertThat(Documents.dimensions(Documents.only(Documents.of(settings, Metrics.of().gauge("m", 1)))))
			.isEqualTo("[[]]");
	}

	@Test
	void setsThatBecomeTheSameInAnotherOrderAreOne() {
		EmfSettings settings = Documents.settings(false, false,
				new DimensionRule(List.of("*"), List.of(List.of("uri", "method"), List.of("method", "status", "uri"))));
		assertThat(Documents.dimensions(
				Documents.only(Documents.of(settings, Metrics.of().gauge("m", 1, "uri", "/", "method", "GET")))))
			.isEqualTo("[[\"uri\",\"method\"]]");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			test-service,         prod,       -,       -,          test-service,   prod
			test-service,         -,          -,       -,          test-service,   generic:default
			-,                    staging,    -,       -,          UnknownService, staging
			'',                   staging,    -,       -,          UnknownService, staging
			unknown_service:java, staging,    -,       -,          UnknownService, staging
			x,                    -,          legacy,  -,          x,              legacy
			x,                    -,          -,       aws_ec2,    x,              ec2:default
			x,                    -,          -,       aws_ecs,    x,              ecs:default
			x,                    -,          -,       aws_eks,    x,              eks:default
			x,                    -,          -,       aws_lambda, x,              lambda:default
			x,                    custom-env, -,       aws_ec2,    x,              custom-env
			x,                    -,          -,       gcp_run,    x,              generic:default
			""")
	void serviceAndEnvironmentAreThoseOfApplicationSignals(String name, String environment, String legacy,
			String platform, String service, String expectedEnvironment) {
		String[] resource = Arrays
			.stream(new String[][] { { "service.name", name }, { "deployment.environment.name", environment },
					{ "deployment.environment", legacy }, { "cloud.platform", platform } })
			.filter((attribute) -> attribute[1] != null)
			.flatMap(Arrays::stream)
			.toArray(String[]::new);
		JsonNode document = Documents.only(Documents.of(Documents.SETTINGS, Metrics.of(resource).gauge("m", 1)));
		assertThat(document.path("Service").asString()).isEqualTo(service);
		assertThat(document.path("Environment").asString()).isEqualTo(expectedEnvironment);
	}

	@Test
	void serviceIsNotThereTwice() {
		JsonNode document = Documents
			.only(Documents.of(Documents.SETTINGS, Metrics.of().gauge("m", 1, "service", "mine")));
		assertThat(Documents.dimensions(document)).isEqualTo("[[\"service\",\"Environment\"]]");
	}

	@Test
	void dropsWhatHasNoFormAndSaysWhy() {
		AggregationTemporality cumulative = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
		List<Dropped> dropped = Documents.dropped(Metrics.of()
			.gauge("nan", Double.NaN)
			.gauge("infinite", Double.NEGATIVE_INFINITY)
			.gauge("huge", 1e109)
			.gauge("old", Metrics.NOW.minus(Duration.ofDays(14)).minusMillis(1), 1)
			.gauge("new", Metrics.NOW.plus(Duration.ofHours(2)).plusMillis(1), 1)
			.gauge(" ", 1)
			.sum("total", true, cumulative, 5)
			.add("empty", (metric) -> metric.getGaugeBuilder().addDataPoints(NumberDataPoint.newBuilder()))
			.gauge("ok", Metrics.NOW.minus(Duration.ofDays(14)), 1)
			.gauge("ok", Metrics.NOW.plus(Duration.ofHours(2)), 1)
			.gauge("ok", 0x1p360)
			.sum("ok", true, Metrics.DELTA, 5)
			.sum("ok", false, cumulative, 5));
		assertThat(dropped).extracting(Dropped::reason, Dropped::items)
			.containsExactlyInAnyOrder(tuple(Reason.NOT_A_NUMBER, 2), tuple(Reason.OUT_OF_RANGE, 1),
					tuple(Reason.TOO_OLD, 1), tuple(Reason.TOO_NEW, 1), tuple(Reason.INVALID_NAME, 1),
					tuple(Reason.WRONG_TEMPORALITY, 1), tuple(Reason.NO_VALUE, 1));
		assertThat(dropped).extracting(Dropped::description)
			.contains("data point of metric 'nan': it is NaN, CloudWatch takes numbers",
					"data point of metric 'total': it counts since the start, CloudWatch takes what was added since the last time");
	}

	private static Tuple tuple(Object... values) {
		return new Tuple(values);
	}

	@Test
	void pointWithoutTimeIsOfNow() {
		JsonNode document = Documents.only(Documents.of(Metrics.of()
			.add("m", (metric) -> metric.getGaugeBuilder().addDataPoints(NumberDataPoint.newBuilder().setAsInt(1)))));
		assertThat(document.at("/_aws/Timestamp").asLong()).isEqualTo(Metrics.NOW.toEpochMilli());
	}

	@Test
	void documentsAreSplitByTheirSize() {
		EmfSettings settings = new EmfSettings("n", "", 1, false, false, List.of(), 500, 600);
		Metrics metrics = Metrics.of();
		for (int i = 0; i < 20; i++) {
			metrics.gauge("metric" + i, i, "key", "x".repeat(100));
		}
		List<JsonNode> documents = Documents.of(settings, metrics);
		assertThat(documents).hasSizeGreaterThan(2)
			.allSatisfy((document) -> assertThat(document.toString().length()).isBetween(200, 500));
		assertThat(documents.stream().flatMap((document) -> Documents.names(document).stream()).distinct()).hasSize(20);
		assertThat(documents.get(0).at("/_aws/CloudWatchMetrics/0/Metrics/0/StorageResolution").asInt()).isEqualTo(1);
		assertThat(Documents.split(settings, Metrics.of().gauge("m", 1, "key", "x".repeat(600)).message()).dropped())
			.extracting(Dropped::reason)
			.containsExactly(Reason.TOO_LARGE);
	}

	@Test
	void refusesWhatIsNoMessage() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> Documents.lines(PLAIN).split(new byte[] { 1, 2, 3 }));
		assertThat(Documents.lines(PLAIN).split(new byte[0]).parts()).isEmpty();
	}

}
