package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.delivery.DeliveryExecutor;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.delivery.SignalReport;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.logging.CloudWatchLogsServer;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application's logs on their whole way to a server that plays CloudWatch Logs.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class LogsToCloudWatchTests {

	private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

	@Test
	void groupAndStreamAreCreatedAndWhatFoundThemMissingIsSentAgain() {
		try (CloudWatchLogsServer logs = europe();
				TestApplication application = start(logs, "management.adot.logging.retention-days=30",
						"management.adot.logging.kms-key-id=" + KEY)) {
			log(application, "one");
			await(() -> assertThat(bodies(logs)).containsExactly("one"));
			log(application, "two");
			await(() -> assertThat(bodies(logs)).containsExactly("one", "two"));
			assertThat(logs.group("/adot/shop").streams()).containsExactly(instance(application));
			assertThat(logs.group("/adot/shop").retentionDays()).isEqualTo(30);
			assertThat(logs.group("/adot/shop").kmsKeyId()).isEqualTo(KEY);
			assertThat(logs.calls()).hasSize(7)
				.satisfiesExactly((call) -> assertThat(call).startsWith("/v1/logs {").contains("group does not exist"),
						(call) -> assertThat(call).startsWith("CreateLogStream {").contains("ResourceNotFound"),
						(call) -> assertThat(call).isEqualTo("CreateLogGroup"),
						(call) -> assertThat(call).isEqualTo("PutRetentionPolicy"),
						(call) -> assertThat(call).isEqualTo("CreateLogStream"),
						(call) -> assertThat(call).isEqualTo("/v1/logs"),
						(call) -> assertThat(call).isEqualTo("/v1/logs"));
			await(() -> assertThat(status(application).exported()).isEqualTo(2));
			assertThat(status(application).lastError()).isNull();
		}
	}

	@Test
	void namesArePutTogetherOfAttributesOfTheResource(CapturedOutput output) {
		try (CloudWatchLogsServer logs = europe();
				TestApplication application = start(logs,
						"management.adot.logging.log-group=/teams/{team}/{service.name}",
						"management.adot.logging.log-stream={ nothing } of {host.name}",
						"management.opentelemetry.resource-attributes.team=blue & red",
						"management.opentelemetry.resource-attributes.host.name=a:b*c")) {
			log(application, "one");
			await(() -> assertThat(bodies(logs)).containsExactly("one"));
			assertThat(logs.group("/teams/blue___red/shop").streams()).containsExactly("unknown-nothing of a_b_c");
			await(() -> assertThat(output).contains("  Logs    -> Amazon CloudWatch Logs " + logs.url()
					+ ", log group /teams/blue___red/shop, log stream unknown-nothing of a_b_c (endpoint from "));
			assertThat(output).containsOnlyOnce("The resource has no attribute 'nothing'");
		}
	}

	@Test
	void headersOfTheUserWin() {
		try (CloudWatchLogsServer logs = europe();
				TestApplication application = start(logs,
						"otel.exporter.otlp.logs.headers=X-Aws-Log-Group=mine,x-other=1")) {
			log(application, "one");
			await(() -> assertThat(bodies(logs)).containsExactly("one"));
			assertThat(logs.group("mine").streams()).containsExactly(instance(application));
			assertThat(logs.accepted()).allSatisfy((request) -> {
				assertThat(request.headerValues("x-aws-log-group")).containsExactly("mine");
				assertThat(request.header("x-other")).isEqualTo("1");
				assertThat(request.header("authorization")).contains("x-aws-log-group;x-aws-log-stream;x-other");
			});
			assertThat(report(application).description()).contains(", log group mine, log stream ");
		}
	}

	@Test
	void aDeniedCreationIsToldWithThePermissionAndNotTriedForEachBatch(CapturedOutput output) {
		try (CloudWatchLogsServer logs = europe(); TestApplication application = start(logs)) {
			logs.deny("CreateLogGroup");
			for (int i = 1; i <= 5; i++) {
				int records = i;
				log(application, "record " + i);
				await(() -> assertThat(status(application).rejected()).isEqualTo(records));
			}
			assertThat(logs.calls("CreateLogGroup")).hasSize(1);
			assertThat(logs.calls("/v1/logs")).hasSize(5);
			assertThat(status(application).lastError().message()).startsWith("HTTP 400: The specified log group")
				.contains("(logs:CreateLogGroup on log group '/adot/shop' was refused: ");
			assertThat(status(application).lastError().advice()).contains("\"Action\":\"logs:CreateLogGroup\"");
			assertThat(output).containsOnlyOnce("(logs:CreateLogGroup on log group '/adot/shop' was refused");
			assertThat(status(application).isFailing()).isTrue();
		}
	}

	@Test
	void nothingIsCreatedWhereThatIsOff() {
		try (CloudWatchLogsServer logs = europe();
				TestApplication application = start(logs, "management.adot.logging.create=false",
						"management.adot.logging.log-stream=main")) {
			log(application, "one");
			await(() -> assertThat(status(application).rejected()).isEqualTo(1));
			assertThat(logs.calls()).hasSize(1);
			assertThat(status(application).lastError().message())
				.contains("log group '/adot/shop' and log stream 'main' are not created, since "
						+ "'management.adot.logging.create' is off");
			assertThat(application.bean(DeliveryReports.class).check(Signal.LOGS).get("logs").join())
				.satisfies((check) -> {
					assertThat(check.ok()).isFalse();
					assertThat(check.message()).contains("The specified log group does not exist");
					assertThat(check.advice()).contains("aws logs create-log-group --region eu-west-1 "
							+ "--log-group-name /adot/shop && aws logs create-log-stream ");
				});
			logs.create("/adot/shop", "main");
			log(application, "two");
			await(() -> assertThat(bodies(logs)).containsExactly("two"));
			assertThat(application.bean(DeliveryReports.class).check(Signal.LOGS).get("logs").join().ok()).isTrue();
		}
	}

	@Test
	void whoMayNotSendIsToldThePermission() {
		try (CloudWatchLogsServer logs = europe(); TestApplication application = start(logs)) {
			logs.deny("/v1/logs");
			log(application, "one");
			await(() -> assertThat(status(application).rejected()).isEqualTo(1));
			assertThat(status(application).lastError().advice()).contains("\"Action\":\"logs:PutLogEvents\"");
			assertThat(logs.calls()).hasSize(1);
		}
	}

	@Test
	void retentionThatMayNotBeSetIsToldAndNoReasonToLoseRecords(CapturedOutput output) {
		try (CloudWatchLogsServer logs = europe();
				TestApplication application = start(logs, "management.adot.logging.retention-days=30")) {
			logs.deny("PutRetentionPolicy");
			log(application, "one");
			await(() -> assertThat(bodies(logs)).containsExactly("one"));
			await(() -> assertThat(output)
				.containsOnlyOnce("keeps its events for ever, since logs:PutRetentionPolicy"));
			assertThat(status(application).lastError().message()).contains("logs:PutRetentionPolicy was refused");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ThrottlingException", "OperationAbortedException" })
	void aCreationThatIsNotPossibleNowIsTriedAgain(String exception) {
		try (CloudWatchLogsServer logs = europe(); TestApplication application = start(logs)) {
			logs.fail("CreateLogStream", exception);
			log(application, "one");
			await(() -> assertThat(bodies(logs)).containsExactly("one"));
			assertThat(logs.calls("CreateLogGroup")).containsExactly("CreateLogGroup");
			assertThat(status(application).rejected() + status(application).failed()).isZero();
		}
	}

	@Test
	void aStreamThatIsDeletedIsMadeAnew() {
		try (CloudWatchLogsServer logs = europe(); TestApplication application = start(logs)) {
			logs.create("/adot/shop", instance(application));
			log(application, "one");
			await(() -> assertThat(bodies(logs)).containsExactly("one"));
			logs.delete("/adot/shop", instance(application));
			log(application, "two");
			await(() -> assertThat(bodies(logs)).containsExactly("one", "two"));
			assertThat(logs.calls()).endsWith("CreateLogStream", "/v1/logs");
		}
	}

	@Test
	void instancesThatStartTogetherGetOneGroupAndAStreamEach() {
		try (CloudWatchLogsServer logs = europe();
				TestApplication first = start(logs);
				TestApplication second = start(logs)) {
			Stream.of(first, second).parallel().forEach((application) -> log(application, instance(application)));
			await(() -> assertThat(bodies(logs)).containsExactlyInAnyOrder(instance(first), instance(second)));
			assertThat(logs.group("/adot/shop").streams()).containsExactlyInAnyOrder(instance(first), instance(second));
		}
	}

	@ParameterizedTest
	@CsvSource({ "eu-west-1, true, 18000000, 18000000", "eu-west-1, true, 22000000, 19000000",
			"eu-north-1, false, 20000000, 900000" })
	void aRecordOverTheLimitOfTheRegionIsCutAndMarked(String region, boolean takesLarge, int bytes, int atLeast) {
		try (CloudWatchLogsServer logs = new CloudWatchLogsServer(region, takesLarge);
				TestApplication application = start(logs, "management.adot.aws.region=" + region)) {
			log(application, "small");
			log(application, "é".repeat(bytes / 2));
			await(() -> assertThat(logs.logRecords()).hasSize(2));
			LogRecord large = logs.logRecords().get(1);
			String body = large.getBody().getStringValue();
			assertThat(body).hasSizeBetween(atLeast / 2, bytes / 2).matches("é+");
			boolean isCut = body.length() < bytes / 2;
			assertThat(large.getAttributesList()).extracting(KeyValue::getKey)
				.isEqualTo(isCut ? List.of("aws.log.truncated", "aws.log.original_bytes") : List.of());
			assertThat(status(application).shortened()).isEqualTo(isCut ? 1 : 0);
			await(() -> assertThat(status(application).exported()).isEqualTo(2));
			assertThat(logs.calls("/v1/logs {")).filteredOn((call) -> call.contains("size")).isEmpty();
		}
	}

	@Test
	void everyRecordOfABurstIsAccountedFor() {
		try (CloudWatchLogsServer logs = europe();
				TestApplication application = start(logs, "otel.blrp.max.queue.size=50000",
						"otel.blrp.max.export.batch.size=5000")) {
			Logger logger = logger(application);
			for (int i = 0; i < 200_000; i++) {
				logger.logRecordBuilder().setBody("record " + i).emit();
			}
			await(() -> assertThat(status(application).exported() + status(application).dropped()).isEqualTo(200_000));
			Set<String> bodies = new HashSet<>(bodies(logs));
			assertThat(bodies).hasSize((int) status(application).exported());
			assertThat(status(application).byReason(Result.DROPPED).keySet()).isSubsetOf(Set.of("queue_full"));
			assertThat(status(application).received()).isEqualTo(200_000);
		}
	}

	@Test
	void whatSigningAndSendingLogIsNotSent() {
		try (CloudWatchLogsServer logs = europe();
				TestApplication application = start(logs, "management.adot.logging.capture.enabled=true",
						"otel.blrp.schedule.delay=1h", "logging.level.root=debug", "logging.level.com.example=error")) {
			DeliveryExecutor delivery = application.bean(DeliveryExecutor.class);
			Runnable call = () -> LoggerFactory.getLogger("com.example.Signer").error("on a thread of the delivery");
			CompletableFuture.runAsync(call, delivery::execute).join();
			LoggerFactory.getLogger("shop.Orders").error("one");
			flush(application);
			assertThat(bodies(logs)).contains("one").doesNotContain("on a thread of the delivery");
			int sent = logs.accepted().size();
			flush(application);
			flush(application);
			assertThat(logs.accepted()).hasSize(sent);
		}
	}

	@Test
	void whatTheServerRejectsAsTooOldIsCountedAsThat() {
		try (CloudWatchLogsServer logs = europe(); TestApplication application = start(logs)) {
			logs.reject(2, "{\"tooOldLogEventCount\":1,\"tooNewLogEventCount\":0,\"expiredLogEventCount\":1}");
			Logger logger = logger(application);
			Stream.of("one", "two", "three").forEach((body) -> logger.logRecordBuilder().setBody(body).emit());
			flush(application);
			assertThat(status(application).byReason(Result.REJECTED)).containsOnly(Map.entry("too_old", 1L),
					Map.entry("expired", 1L));
			assertThat(status(application).exported()).isEqualTo(1);
		}
	}

	@Test
	void recordsOlderThanTwoWeeksAreNotSent() {
		try (CloudWatchLogsServer logs = europe(); TestApplication application = start(logs)) {
			logger(application).logRecordBuilder()
				.setBody("old")
				.setTimestamp(Instant.now().minus(Duration.ofDays(15)))
				.emit();
			logger(application).logRecordBuilder().setBody("new").setTimestamp(Instant.now()).emit();
			await(() -> assertThat(bodies(logs)).containsExactly("new"));
			flush(application);
			assertThat(status(application).byReason(Result.DROPPED)).isEqualTo(Map.of("too_old", 1L));
		}
	}

	private static CloudWatchLogsServer europe() {
		return new CloudWatchLogsServer("eu-west-1", true);
	}

	private static TestApplication start(CloudWatchLogsServer logs, String... properties) {
		return TestApplication.start(LoggingShop.class,
				Stream
					.concat(Stream.of("spring.application.name=shop", "management.adot.logging.export.to=aws",
							"management.adot.aws.region=eu-west-1", "management.adot.aws.logs-endpoint=" + logs.url(),
							"otel.blrp.schedule.delay=20ms", "otel.instrumentation.logback-appender.enabled=false",
							"management.adot.logging.capture.enabled=false", "spring.main.web-application-type=none",
							"management.adot.delivery.retry.initial-backoff=1ms"), Stream.of(properties))
					.toArray(String[]::new));
	}

	private static Logger logger(TestApplication application) {
		return application.bean(OpenTelemetry.class).getLogsBridge().get("test");
	}

	private static void log(TestApplication application, String body) {
		logger(application).logRecordBuilder().setBody(body).emit();
	}

	private static void flush(TestApplication application) {
		application.bean(OpenTelemetrySdk.class).getSdkLoggerProvider().forceFlush().join(60, TimeUnit.SECONDS);
	}

	private static List<String> bodies(CloudWatchLogsServer logs) {
		return logs.logRecords().stream().map((record) -> record.getBody().getStringValue()).toList();
	}

	private static SignalStatus status(TestApplication application) {
		return application.bean(DeliveryStatus.class).of(Signal.LOGS);
	}

	private static SignalReport report(TestApplication application) {
		return application.bean(DeliveryReports.class).of(Signal.LOGS).get(0);
	}

	private static String instance(TestApplication application) {
		return application.bean(ExportedResource.class)
			.resource()
			.getAttribute(AttributeKey.stringKey("service.instance.id"));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
	}

	@EnableAutoConfiguration
	static class LoggingShop {

		@Bean
		AwsCredentialsProvider credentialsProvider() {
			return StaticCredentialsProvider
				.create(AwsBasicCredentials.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret()));
		}

	}

}
