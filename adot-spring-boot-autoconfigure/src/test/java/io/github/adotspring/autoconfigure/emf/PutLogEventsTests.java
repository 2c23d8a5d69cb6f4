package io.github.adotspring.autoconfigure.emf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.aws.JdkRequestHeaders;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.delivery.HttpFormat.Answer;
import io.github.adotspring.autoconfigure.delivery.LogStreamCreation;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.delivery.PayloadFixtures;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PutLogEventsForm} and {@link PutLogEventsFormat}.
 */
final class PutLogEventsTests {

	private static final PutLogEventsForm FORM = new PutLogEventsForm("/metrics/shop", "host-1");

	private final SigV4Signer signer = AwsFixtures.signer(StaticCredentialsProvider
		.create(AwsBasicCredentials.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret())), Clock.systemUTC());

	private final ManualClock clock = new ManualClock();

	private final PutLogEventsFormat format = format(true);

	private PutLogEventsFormat format(boolean create) {
		return new PutLogEventsFormat(FORM,
				new LogStreamCreation(new LogStreamCreation.Rules("emf.create", create, 30, null), this.clock));
	}

	private static MessageSplitter splitter(int fullBytes) {
		EmfSettings settings = new EmfSettings("n", "", 60, false, false, List.of(), fullBytes, 1_048_550);
		return new EmfSplitter(new EmfTranslator(settings, new ManualClock()), FORM);
	}

	private static Split split(Metrics metrics) {
		return splitter(256 * 1024).split(metrics.message().toByteArray());
	}

	private static List<JsonNode> events(Part part) {
		return JsonMapper.shared().readTree(part.message()).path("logEvents").valueStream().toList();
	}

	@Test
	void eventsAreInOrderOfTime() {
		Split split = split(Metrics.of()
			.gauge("a", Metrics.NOW.plusMillis(2), 1)
			.gauge("b", Metrics.NOW, 1)
			.gauge("c", Metrics.NOW.plusMillis(1), 1));
		assertThat(split.parts()).singleElement().satisfies((part) -> {
			assertThat(part.items()).isEqualTo(3);
			assertThat(events(part)).extracting((event) -> event.path("timestamp").asLong()).isSorted().hasSize(3);
			assertThat(JsonMapper.shared().readTree(part.message()).path("logGroupName").asString())
				.isEqualTo("/metrics/shop");
			events(part).forEach((event) -> Documents.read(event.path("message").asString()));
		});
	}

	@Test
	void requestReachesNoFurtherThanADay() {
		Split split = split(Metrics.of()
			.gauge("a", Metrics.NOW.minus(Duration.ofHours(24)), 1)
			.gauge("b", Metrics.NOW, 1)
			.gauge("c", Metrics.NOW.plusMillis(1), 1));
		assertThat(split.parts()).extracting(Part::items).containsExactly(2, 1);
	}

	@Test
	void requestHasNeverTenThousandEvents() {
		Metrics metrics = Metrics.of();
		for (int i = 0; i < 10_001; i++) {
			metrics.gauge("m", Metrics.NOW.plusMillis(i), 1);
		}
		assertThat(split(metrics).parts()).hasSizeGreaterThan(1)
			.allSatisfy((part) -> assertThat(part.items()).isLessThan(10_000));
	}

	@Test
	void requestHasAtMostAMegabyteOfEvents() {
		Metrics metrics = Metrics.of();
		for (int i = 0; i < 4_000; i++) {
			metrics.gauge("m", i, "key", i + "x".repeat(700));
		}
		Split split = split(metrics);
		assertThat(split.parts()).hasSizeGreaterThan(2);
		assertThat(split.parts()).allSatisfy((part) -> assertThat(bytes(part)).isLessThanOrEqualTo(1_048_576));
		assertThat(bytes(split.parts().get(0))).isGreaterThan(1_048_576 - 1_000);
		assertThat(split.parts().stream().mapToInt(Part::items).sum()).isEqualTo(4_000);
	}

	private static long bytes(Part part) {
		return events(part).stream()
			.mapToLong((event) -> event.path("message").asString().getBytes(StandardCharsets.UTF_8).length + 26)
			.sum();
	}

	@Test
	void halvesEventsThenMetricsAndDropsOne() {
		MessageSplitter splitter = splitter(256 * 1024);
		Part part = split(Metrics.of().gauge("a", 1).gauge("b", 2).gauge("c", 3).gauge("d", 4, "x", "y")).parts()
			.get(0);
		Split events = splitter.halve(part.message());
		assertThat(events.parts()).extracting(Part::items).containsExactly(3, 1);
		Split metrics = splitter.halve(events.parts().get(0).message());
		assertThat(metrics.parts()).extracting(Part::items).containsExactly(1, 2);
		JsonNode document = Documents.read(events(metrics.parts().get(1)).get(0).path("message").asString());
		assertThat(document.has("a")).isFalse();
		assertThat(document.path("b").asInt()).isEqualTo(2);
		Split dropped = splitter.halve(metrics.parts().get(0).message());
		assertThat(dropped.parts()).isEmpty();
		assertThat(dropped.dropped()).singleElement().satisfies((drop) -> {
			assertThat(drop.reason()).isEqualTo(Split.Reason.TOO_LARGE);
			assertThat(drop.items()).isEqualTo(1);
			assertThat(drop.description()).contains("[a]");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"logEvents\":[{\"message\":\"{}\"}]}", "{\"logEvents\":[1", "[]" })
	void refusesToHalveWhatIsNoRequest(String request) {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> splitter(1000).halve(request.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void createsGroupAndStreamWhenTheyAreMissing() throws Exception {
		try (LogsApi api = new LogsApi()) {
			assertThat(deliver(api)).isTrue();
			assertThat(api.calls()).containsExactly("PutLogEvents com.amazonaws.logs#ResourceNotFoundException",
					"CreateLogStream com.amazonaws.logs#ResourceNotFoundException", "CreateLogGroup",
					"PutRetentionPolicy", "CreateLogStream", "PutLogEvents");
			assertThat(api.events()).hasSize(1);
		}
	}

	@Test
	void createsOnlyTheStreamInAGroupThatIsThere() throws Exception {
		try (LogsApi api = new LogsApi("CreateLogGroup", "PutRetentionPolicy")) {
			api.create("/metrics/shop");
			assertThat(deliver(api)).isTrue();
			assertThat(api.calls()).containsExactly("PutLogEvents ResourceNotFoundException", "CreateLogStream",
					"PutLogEvents");
			assertThat(deliver(api)).isTrue();
			assertThat(api.calls()).endsWith("PutLogEvents", "PutLogEvents");
		}
	}

	@Test
	void saysWhatItMayNotCreateAndTriesAgainAMinuteLater() throws Exception {
		try (LogsApi api = new LogsApi("CreateLogGroup")) {
			assertThat(deliver(api)).isFalse();
			assertThat(deliver(api)).isFalse();
			assertThat(this.format.explain(refusal("ResourceNotFoundException"))).startsWith(
					"logs:CreateLogGroup on log group '/metrics/shop' was refused: HTTP 400 AccessDeniedException");
			assertThat(this.format.explain(refusal("InvalidParameterException"))).isNull();
			assertThat(Collections.frequency(api.calls(), "CreateLogGroup AccessDeniedException")).isEqualTo(1);
			this.clock.pass(Duration.ofMinutes(1));
			assertThat(deliver(api)).isFalse();
			assertThat(Collections.frequency(api.calls(), "CreateLogGroup AccessDeniedException")).isEqualTo(2);
		}
	}

	@Test
	void retentionThatCanNotBeSetIsNoReasonToLoseMetrics() throws Exception {
		try (LogsApi api = new LogsApi("PutRetentionPolicy")) {
			assertThat(deliver(api)).isTrue();
		}
		assertThat(warning()).contains("keeps its events for ever, since logs:PutRetentionPolicy was refused");
		assertThat(this.format.read(answer("{}"), PayloadFixtures.metrics(new byte[0], 1))).isNull();
	}

	private String warning() {
		Outcome outcome = this.format.read(answer("{}"), PayloadFixtures.metrics(new byte[0], 1));
		assertThat(outcome.isDelivered()).isTrue();
		assertThat(outcome.partialSuccess().isWarning()).isTrue();
		return outcome.partialSuccess().message();
	}

	@Test
	void createsNothingUnlessItIsToldTo() throws Exception {
		PutLogEventsFormat format = format(false);
		assertThat(format.recover(refusal("ResourceNotFoundException"), (path, headers, body) -> {
			throw new AssertionError("No call expected");
		})).isFalse();
		assertThat(this.format.recover(refusal("InvalidParameterException"), (path, headers, body) -> {
			throw new AssertionError("No call expected");
		})).isFalse();
	}

	@Test
	void whatWasCreatedMeanwhileIsFine() throws Exception {
		List<String> calls = new ArrayList<>();
		assertThat(this.format.recover(refusal("ResourceNotFoundException"), (path, headers, body) -> {
			calls.add(headers.get("x-amz-target").get(0));
			return refusal((calls.size() == 1) ? "ResourceNotFoundException" : "ResourceAlreadyExistsException");
		})).isTrue();
		assertThat(calls).containsExactly("Logs_20140328.CreateLogStream", "Logs_20140328.CreateLogGroup",
				"Logs_20140328.CreateLogStream");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CreateLogStream", "CreateLogGroup" })
	void whatCanNotBeCreatedNowMayBeLater(String throttled) throws Exception {
		for (String reason : List.of("ThrottlingException", "OperationAbortedException")) {
			assertThatIOException()
				.isThrownBy(() -> this.format.recover(refusal("ResourceNotFoundException"),
						(path, headers, body) -> headers.get("x-amz-target").get(0).endsWith(throttled)
								? refusal(reason) : refusal("ResourceNotFoundException")))
				.withMessage(throttled + " was answered HTTP 400 " + reason);
		}
	}

	@Test
	void retentionWithoutAnAnswerIsSaidToo() throws Exception {
		List<String> calls = new ArrayList<>();
		assertThat(this.format.recover(refusal("ResourceNotFoundException"), (path, headers, body) -> {
			calls.add(headers.get("x-amz-target").get(0));
			if (calls.size() == 3) {
				throw new IOException("no answer");
			}
			return (calls.size() == 1) ? refusal("ResourceNotFoundException") : answer("{}");
		})).isTrue();
		assertThat(calls).containsExactly("Logs_20140328.CreateLogStream", "Logs_20140328.CreateLogGroup",
				"Logs_20140328.PutRetentionPolicy", "Logs_20140328.CreateLogStream");
		assertThat(warning()).contains("keeps its events for ever, since logs:PutRetentionPolicy failed: no answer");
	}

	@Test
	void whatWasJustCreatedNeedNotBeThereAtOnce() throws Exception {
		Answer notFound = refusal("ResourceNotFoundException");
		assertThat(this.format.read(notFound)).isNull();
		assertThat(this.format.recover(notFound, (path, headers, body) -> answer("{}"))).isTrue();
		assertThat(this.format.read(notFound).failure()).isEqualTo(Failure.UNAVAILABLE);
		this.clock.pass(Duration.ofSeconds(10));
		assertThat(this.format.read(notFound)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "400, ThrottlingException", "400, com.amazonaws.logs#ServiceUnavailableException",
			"503, ServiceUnavailableException", "500, InternalFailure", "400, ThrottlingException:http://x/",
			"502, ''" })
	void whatPassesIsTriedAgain(int status, String type) {
		Outcome outcome = this.format.read(new Answer(status, error(type)));
		assertThat(outcome.failure()).isEqualTo(Failure.UNAVAILABLE);
		assertThat(outcome.status()).isEqualTo(status);
	}

	@Test
	void otherRefusalsAreWhatTheirStatusSays() {
		assertThat(this.format.read(refusal("InvalidParameterException"))).isNull();
		assertThat(this.format.read(new Answer(400, "no json \ud83d".getBytes(StandardCharsets.UTF_8)))).isNull();
		assertThat(this.format.read(new Answer(413, new byte[0]))).isNull();
	}

	@Test
	void acceptedAlreadyIsDelivered() {
		assertThat(this.format.read(refusal("DataAlreadyAcceptedException")).isDelivered()).isTrue();
	}

	@Test
	void rejectedEventsAreCountedInDataPoints() {
		Split split = split(Metrics.of()
			.gauge("a", Metrics.NOW, 1)
			.gauge("b", Metrics.NOW, 1)
			.gauge("a", Metrics.NOW.plusMillis(1), 1)
			.gauge("a", Metrics.NOW.plusMillis(2), 1)
			.gauge("b", Metrics.NOW.plusMillis(2), 1)
			.gauge("c", Metrics.NOW.plusMillis(2), 1)
			.gauge("a", Metrics.NOW.plusMillis(3), 1));
		Payload payload = PayloadFixtures.metrics(split.parts().get(0).message(), 7);
		assertThat(rejected(payload,
				"\"tooOldLogEventEndIndex\":1,\"expiredLogEventEndIndex\":2,\"tooNewLogEventStartIndex\":3"))
			.isEqualTo(Map.of("too_old", 2L, "expired", 1L, "too_new", 1L));
		assertThat(rejected(payload, "\"tooNewLogEventStartIndex\":2")).isEqualTo(Map.of("too_new", 4L));
		assertThat(rejected(payload, "\"expiredLogEventEndIndex\":99,\"tooNewLogEventStartIndex\":0"))
			.isEqualTo(Map.of("expired", 7L));
		assertThat(this.format.read(answer("{\"nextSequenceToken\":\"1\"}"), payload)).isNull();
		assertThat(this.format.read(answer("{\"rejectedLogEventsInfo\":null}"), payload)).isNull();
		assertThat(this.format.read(refusal("ThrottlingException"), payload).failure()).isEqualTo(Failure.UNAVAILABLE);
	}

	private Map<String, Long> rejected(Payload payload, String info) {
		Outcome outcome = this.format.read(answer("{\"rejectedLogEventsInfo\":{" + info + "}}"), payload);
		assertThat(outcome.isDelivered()).isTrue();
		long sum = outcome.partialSuccess().reasons().values().stream().mapToLong(Long::longValue).sum();
		assertThat(outcome.partialSuccess().rejected()).isEqualTo(sum);
		return outcome.partialSuccess().reasons();
	}

	private static Answer answer(String body) {
		return new Answer(200, body.getBytes(StandardCharsets.UTF_8));
	}

	private static Answer refusal(String type) {
		return new Answer(400, error(type));
	}

	private static byte[] error(String type) {
		return ("{\"__type\":\"" + type + "\",\"message\":\"Rate exceeded\"}").getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Sends a request as the pipeline does, and once more if it could be recovered.
	 */
	private boolean deliver(LogsApi api) throws IOException {
		byte[] body = split(Metrics.of().gauge("m", 1)).parts().get(0).message();
		Answer answer = send(api, this.format.headers(), body);
		if (answer.status() != 200
				&& this.format.recover(answer, (path, headers, other) -> send(api, headers, other))) {
			answer = send(api, this.format.headers(), body);
		}
		return answer.status() == 200;
	}

	private Answer send(LogsApi api, Map<String, List<String>> headers, byte[] body) throws IOException {
		Map<String, List<String>> all = new HashMap<>(headers);
		all.put("Content-Type", List.of(this.format.contentType()));
		AwsEndpoint endpoint = new AwsEndpoint(AwsService.LOGS, api.url(), "us-east-1", "test");
		HttpRequest.Builder request = HttpRequest.newBuilder(api.url())
			.POST(HttpRequest.BodyPublishers.ofByteArray(body));
		JdkRequestHeaders.add(this.signer.sign(endpoint, all, body).headers(), request);
		try {
			HttpResponse<byte[]> response = HttpClient.newHttpClient()
				.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			return new Answer(response.statusCode(), response.body());
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

}
