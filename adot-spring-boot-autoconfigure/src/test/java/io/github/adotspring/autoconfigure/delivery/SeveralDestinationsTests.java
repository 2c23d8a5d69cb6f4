package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.Connection;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.Http;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.InProcess;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.OtlpLimits;
import io.github.adotspring.autoconfigure.otlp.OtlpSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for metrics that go to several destinations, and to ones that do not speak OTLP.
 */
@Timeout(60)
final class SeveralDestinationsTests {

	private static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider
		.create(AwsBasicCredentials.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret()));

	private static final byte[] LAST = "last".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path temporary;

	private volatile Function<ReceivedRequest, String> answers = (request) -> Script.text(200, "");

	private final ScriptedEndpoint server = ScriptedEndpoint
		.start(Script.each((request) -> this.answers.apply(request)));

	private final List<Payload> taken = new CopyOnWriteArrayList<>();

	private SystemProperties system;

	private LogLines log;

	@BeforeEach
	void forgetTheAwsAccountOfThisMachine() {
		this.system = SystemProperties.withoutAws();
		this.log = LogLines.listen();
	}

	@AfterEach
	void close() {
		this.server.close();
		this.log.close();
		this.system.close();
	}

	@Test
	void givesEveryMessageToAllAndKeepsAnAccountOfEach() throws Exception {
		this.answers = (request) -> Script.text(400, "no");
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(inProcess(MetricsExportTo.EMF), overHttp(MetricsExportTo.AMP, new PlainFormat())))) {
			assertThat(deliver(pipeline, 3).failure()).isEqualTo(Failure.REJECTED);
			assertThat(this.taken).extracting(Payload::items).containsExactly(3);
			SignalStatus all = pipeline.status(Signal.METRICS);
			assertThat(all.received()).isEqualTo(6);
			assertThat(all.exported()).isEqualTo(3);
			assertThat(all.rejected()).isEqualTo(3);
			assertThat(all.isFailing()).isTrue();
			List<SignalReport> reports = pipeline.reports(Signal.METRICS);
			assertThat(reports).extracting(SignalReport::key).containsExactly("metrics.emf", "metrics.amp");
			assertThat(reports.get(0).status().exported()).isEqualTo(3);
			assertThat(reports.get(0).status().isFailing()).isFalse();
			assertThat(reports.get(1).status().rejected()).isEqualTo(3);
			assertThat(reports.get(1).description()).startsWith("test http://");
		}
	}

	@Test
	void aTranslatorThatFailsDoesNotKeepTheMessageFromTheOthers() throws Exception {
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(new BrokenProvider(), inProcess(MetricsExportTo.EMF)))) {
			assertThat(deliver(pipeline, 3).failure()).isEqualTo(Failure.INVALID);
			deliver(pipeline, 3);
			assertThat(this.taken).hasSize(2);
			assertThat(this.log.lines()).containsExactly("WARN Metrics are lost: the message could not be made into "
					+ "requests: java.lang.IllegalStateException: broken");
		}
	}

	@Test
	void speaksTheFormatOfTheDestinationAndSignsForItsService() throws Exception {
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(overHttp(MetricsExportTo.AMP, new PlainFormat())))) {
			assertThat(deliver(pipeline, 1).isDelivered()).isTrue();
			ReceivedRequest request = this.server.requests().get(0);
			assertThat(request.path()).isEqualTo("/write");
			assertThat(request.header("content-type")).isEqualTo("text/plain");
			assertThat(request.header("x-version")).isEqualTo("1");
			assertThat(request.header("authorization")).contains("/us-east-1/aps/aws4_request")
				.contains("SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-version,");
			assertThat(pipeline.reports(Signal.METRICS)).extracting(SignalReport::key).containsExactly("metrics");
		}
	}

	@Test
	void makesGoodWhatIsMissingAtTheDestinationAndTriesAgain() throws Exception {
		this.answers = (request) -> (request.header("x-create") != null || this.server.requests().size() > 2)
				? Script.text(200, "") : Script.text(400, "missing");
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(overHttp(MetricsExportTo.EMF, new CreatingFormat())))) {
			assertThat(deliver(pipeline, 2).isDelivered()).isTrue();
			assertThat(this.server.requests()).hasSize(3);
			ReceivedRequest creation = this.server.requests().get(1);
			assertThat(new String(creation.body(), StandardCharsets.UTF_8)).isEqualTo("create");
			assertThat(creation.path()).isEqualTo("/other");
			assertThat(creation.header("authorization"))
				.contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-create,");
			assertThat(pipeline.status(Signal.METRICS).exported()).isEqualTo(2);
		}
	}

	@Test
	void readsWhatTheAnswerMeansToTheDestination() throws Exception {
		this.answers = (request) -> Script.text(400, "busy");
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(overHttp(MetricsExportTo.AMP, new PlainFormat())),
				"management.adot.delivery.retry.max-attempts=3")) {
			assertThat(deliver(pipeline, 1).failure()).isEqualTo(Failure.UNAVAILABLE);
			assertThat(this.server.requests()).hasSize(3);
		}
	}

	@Test
	void keepsOnDiskOnlyWhatMayArriveLate() throws Exception {
		this.answers = (request) -> Script.text(503, "down");
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false, List
			.of(overHttp(MetricsExportTo.EMF, new PlainFormat()), overHttp(MetricsExportTo.AMP, new PlainFormat())),
				spool())) {
			deliver(pipeline, 1);
			List<SignalReport> reports = pipeline.reports(Signal.METRICS);
			assertThat(reports.get(0).status().spooled()).isEqualTo(1);
			assertThat(reports.get(1).status().failed()).isEqualTo(1);
			this.answers = (request) -> Script.text(200, "");
			await(() -> reports.get(0).status().exported() == 1);
		}
	}

	@Test
	void tellsWhatIsOnDiskOfEachAndOfAll() throws Exception {
		this.answers = (request) -> Script.text(503, "down");
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(overHttp(MetricsExportTo.EMF, new PlainFormat()),
						overHttp(MetricsExportTo.CLOUDWATCH_API, new PlainFormat())),
				spool())) {
			deliver(pipeline, 3);
			assertThat(pipeline.reports(Signal.METRICS)).extracting((report) -> report.status().spooled())
				.containsExactly(3L, 3L);
			assertThat(pipeline.status(Signal.METRICS).spooled()).isEqualTo(6);
			this.answers = (request) -> Script.text(200, "");
			// What is exported is taken from the disk a moment later.
			await(() -> pipeline.status(Signal.METRICS).exported() == 6
					&& pipeline.status(Signal.METRICS).spooled() == 0);
		}
	}

	@Test
	void sendsNothingInADryRunOfWhatAnEarlierRunLeftOnDisk() throws Exception {
		this.answers = (request) -> Script.text(503, "down");
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(overHttp(MetricsExportTo.EMF, new PlainFormat())), spool())) {
			deliver(pipeline, 1);
		}
		// A request that the first gave up when it was closed may be read after that.
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, true,
				List.of(overHttp(MetricsExportTo.EMF, new SecondFormat())), spool())) {
			deliver(pipeline, 1);
			Awaitility.await()
				.during(Duration.ofMillis(500))
				.until(() -> this.server.requests()
					.stream()
					.noneMatch((request) -> request.header("x-second") != null));
		}
	}

	private String[] spool() {
		return new String[] { "management.adot.delivery.spool.enabled=true",
				"management.adot.delivery.spool.directory=" + this.temporary };
	}

	@Test
	void sendsNothingInADryRunAndCountsAll() throws Exception {
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, true,
				List.of(inProcess(MetricsExportTo.EMF), overHttp(MetricsExportTo.AMP, new PlainFormat())))) {
			assertThat(deliver(pipeline, 3).failure()).isEqualTo(Failure.DRY_RUN);
			assertThat(this.taken).isEmpty();
			assertThat(this.server.requests()).isEmpty();
			SignalStatus status = pipeline.status(Signal.METRICS);
			assertThat(status.byReason(Result.DROPPED)).isEqualTo(Map.of("dry_run", 6L));
			assertThat(status.isFailing()).isFalse();
			assertThat(this.log.lines()).isEmpty();
			assertThat(pipeline.reports(Signal.METRICS)).extracting(SignalReport::description)
				.allMatch((description) -> description.endsWith(", but nothing is sent in a dry run"));
		}
	}

	@Test
	void saysThatNoMoreComesWhenTheContextStopsAndGoesOnWhenItStarts() throws Exception {
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(overHttp(MetricsExportTo.AMP, new PlainFormat())))) {
			deliver(pipeline, 1);
			pipeline.stop();
			assertThat(this.server.requests()).hasSize(2);
			assertThat(this.server.requests().get(1).body()).isEqualTo(LAST);
			assertThat(deliver(pipeline, 1).failure()).isEqualTo(Failure.CLOSED);
			pipeline.start();
			assertThat(deliver(pipeline, 1).isDelivered()).isTrue();
			SignalStatus status = pipeline.status(Signal.METRICS);
			assertThat(status.exported()).isEqualTo(2);
			assertThat(status.dropped()).isEqualTo(1);
			assertThat(status.received()).isEqualTo(3);
			assertThat(status.isFailing()).isFalse();
			assertThat(this.log.lines()).isEmpty();
		}
	}

	@Test
	void outageOfOneIsNotOverBecauseAnotherAnswers() throws Exception {
		this.answers = (request) -> Script.text(400, "no");
		try (Pipeline pipeline = Pipeline.metrics(CREDENTIALS, false,
				List.of(overHttp(MetricsExportTo.AMP, new PlainFormat()), inProcess(MetricsExportTo.EMF)))) {
			deliver(pipeline, 1);
			deliver(pipeline, 2);
			assertThat(this.log.lines()).singleElement(InstanceOfAssertFactories.STRING)
				.startsWith("WARN Metrics can't be delivered to http://");
			this.answers = (request) -> Script.text(200, "");
			deliver(pipeline, 1);
			assertThat(this.log.lines()).hasSize(2)
				.last(InstanceOfAssertFactories.STRING)
				.startsWith("INFO Metrics are delivered again after ")
				.endsWith("3 data points were lost");
		}
	}

	private static Outcome deliver(Pipeline pipeline, int points) throws Exception {
		Gauge.Builder gauge = Gauge.newBuilder();
		for (int i = 0; i < points; i++) {
			gauge.addDataPoints(NumberDataPoint.newBuilder().setAsDouble(i));
		}
		byte[] message = ExportMetricsServiceRequest.newBuilder()
			.addResourceMetrics(
					ResourceMetrics.newBuilder()
						.addScopeMetrics(ScopeMetrics.newBuilder()
							.addMetrics(Metric.newBuilder().setName("gauge").setGauge(gauge))))
			.build()
			.toByteArray();
		return pipeline.metrics().deliver(message).get(30, TimeUnit.SECONDS);
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(condition);
	}

	private MetricsDestinationProvider inProcess(MetricsExportTo to) {
		return new TestProvider(to, new InProcess((payload) -> {
			this.taken.add(payload);
			return CompletableFuture.completedFuture(Outcome.delivered(0));
		}));
	}

	private MetricsDestinationProvider overHttp(MetricsExportTo to, HttpFormat format) {
		AwsService service = (to == MetricsExportTo.AMP) ? AwsService.AMP : AwsService.LOGS;
		io.github.adotspring.autoconfigure.aws.AwsEndpoint endpoint = new io.github.adotspring.autoconfigure.aws.AwsEndpoint(
				service, this.server.url((to == MetricsExportTo.CLOUDWATCH_API) ? "/other" : "/write"), "us-east-1",
				"a test");
		return new TestProvider(to, new Http(() -> endpoint, format));
	}

	private record TestProvider(MetricsExportTo exportTo, Connection connection) implements MetricsDestinationProvider {

		@Override
		public boolean isDelta() {
			return this.exportTo == MetricsExportTo.EMF;
		}

		@Override
		public boolean takesLate() {
			return this.exportTo != MetricsExportTo.AMP;
		}

		@Override
		public MessageSplitter translator() {
			return new TestTranslator(new OtlpSplitter(Signal.METRICS, OtlpLimits.unlimited(), Clock.systemUTC()),
					this.exportTo == MetricsExportTo.AMP);
		}

		@Override
		public String describe() {
			return "test";
		}

	}

	private static final class BrokenProvider implements MetricsDestinationProvider {

		@Override
		public MetricsExportTo exportTo() {
			return MetricsExportTo.CLOUDWATCH_API;
		}

		@Override
		public boolean isDelta() {
			return false;
		}

		@Override
		public MessageSplitter translator() {
			return new MessageSplitter() {

				@Override
				public Split split(byte[] message) {
					throw new IllegalStateException("broken");
				}

				@Override
				public Split halve(byte[] request) {
					throw new IllegalStateException("broken");
				}

			};
		}

		@Override
		public Connection connection() {
			return new InProcess((payload) -> CompletableFuture.completedFuture(Outcome.delivered(0)));
		}

		@Override
		public String describe() {
			return "broken";
		}

	}

	private record TestTranslator(OtlpSplitter otlp, boolean ends) implements MessageSplitter {

		@Override
		public Split split(byte[] message) {
			return this.otlp.split(message);
		}

		@Override
		public Split halve(byte[] request) {
			return this.otlp.halve(request);
		}

		@Override
		public List<Split.Part> last() {
			return this.ends ? List.of(new Split.Part(LAST, 0)) : List.of();
		}

	}

	private static class PlainFormat implements HttpFormat {

		@Override
		public String contentType() {
			return "text/plain";
		}

		@Override
		public Map<String, List<String>> headers() {
			return Map.of("x-version", List.of("1"));
		}

		@Override
		public Outcome read(Answer answer) {
			return new String(answer.body(), StandardCharsets.UTF_8).equals("busy")
					? Outcome.answered(Failure.UNAVAILABLE, answer.status(), "busy", null) : null;
		}

	}

	private static final class SecondFormat extends PlainFormat {

		@Override
		public Map<String, List<String>> headers() {
			return Map.of("x-second", List.of("true"));
		}

	}

	private static final class CreatingFormat extends PlainFormat {

		@Override
		public boolean recover(Answer refusal, Call call) throws IOException {
			return new String(refusal.body(), StandardCharsets.UTF_8).equals("missing")
					&& call.send("/other", Map.of("x-create", List.of("1")), "create".getBytes(StandardCharsets.UTF_8))
						.status() == 200;
		}

	}

}
