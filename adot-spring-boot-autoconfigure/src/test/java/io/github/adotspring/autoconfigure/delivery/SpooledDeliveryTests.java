package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.github.adotspring.autoconfigure.testing.SelfSignedCertificate;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the way over the disk, from upstream's exporter to a server that is not there
 * for some time.
 */
@Timeout(60)
final class SpooledDeliveryTests {

	private static final String OK = Script.text(200, "");

	private static final String DOWN = Script.text(503, "Down");

	@TempDir
	private Path temporary;

	/** Names of the spans that the server took, in their order. */
	private final List<String> arrived = new CopyOnWriteArrayList<>();

	private volatile Function<List<String>, String> answers = (names) -> OK;

	/** A header that requests must have for the server to be there for them. */
	private volatile @Nullable String onlyWith;

	private final ScriptedEndpoint server = ScriptedEndpoint.start(Script.each(this::answer));

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

	private String answer(ReceivedRequest request) {
		String only = this.onlyWith;
		if (only != null && request.header(only) == null) {
			return DOWN;
		}
		List<String> names = ReceivedSpan.in(request.traces()).stream().map(ReceivedSpan::name).toList();
		String answer = this.answers.apply(names);
		if (answer.equals(OK)) {
			this.arrived.addAll(names);
		}
		return answer;
	}

	@Test
	void deliversAllThatWaitedOnceAndTheOldestFirst() {
		this.answers = (names) -> DOWN;
		try (Pipeline pipeline = pipeline()) {
			for (int i = 0; i < 20; i++) {
				assertThat(pipeline.export(List.of(span(i)))).isTrue();
			}
			SignalStatus status = pipeline.status();
			assertThat(status.spooled()).isEqualTo(20);
			assertThat(status.isFailing()).isTrue();
			this.answers = (names) -> OK;
			await(() -> status.spooled() == 0);
			assertThat(this.arrived).containsExactlyElementsOf(names(0, 20));
			assertThat(status.exported()).isEqualTo(20);
			assertThat(status.isFailing()).isFalse();
			assertThatAllIsAccountedFor(status);
			assertThat(this.log.lines()).hasSize(2);
			assertThat(this.log.lines().get(1)).startsWith("INFO Traces are delivered again after ");
		}
	}

	@Test
	void triesTheDestinationAgainThoughNothingCanBeStored() throws IOException {
		Files.writeString(this.temporary.resolve("file"), "not a directory");
		AtomicInteger requests = new AtomicInteger();
		this.answers = (names) -> (requests.getAndIncrement() == 0) ? DOWN : OK;
		try (Pipeline pipeline = pipeline("spool.directory=" + this.temporary.resolve("file"),
				"retry.initial-backoff=50ms", "retry.max-backoff=60s")) {
			AtomicInteger made = new AtomicInteger();
			for (int i = 0; i < 20; i++) {
				pipeline.export(List.of(span(made.getAndIncrement())));
			}
			await(() -> pipeline.export(List.of(span(made.getAndIncrement()))));
			assertThat(requests).hasValueGreaterThanOrEqualTo(2);
			assertThat(pipeline.status().spooled()).isZero();
			assertThatAllIsAccountedFor(pipeline.status());
			assertThat(this.log.lines()).anyMatch((line) -> line.contains("can't be used as spool"));
		}
	}

	@Test
	void waitsNoLongerThanAllowedForAServerThatAsksForever() {
		AtomicInteger requests = new AtomicInteger();
		this.answers = (names) -> (requests.getAndIncrement() == 0)
				? Script.text(429, "Later", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT") : OK;
		try (Pipeline pipeline = pipeline("retry.max-retry-after=300ms")) {
			assertThat(pipeline.export(List.of(span(0)))).isTrue();
			assertThat(pipeline.export(List.of(span(1)))).isTrue();
			await(() -> pipeline.status().exported() == 2);
			assertThatAllIsAccountedFor(pipeline.status());
		}
	}

	@Test
	void leavesAllOnDiskWhenTheContextIsClosedAndDeliversItWithTheNext() {
		this.answers = (names) -> DOWN;
		SignalStatus first;
		try (Pipeline pipeline = pipeline()) {
			for (int i = 0; i < 10; i++) {
				assertThat(pipeline.export(List.of(span(i)))).isTrue();
			}
			first = pipeline.status();
		}
		assertThat(first.dropped() + first.failed() + first.rejected()).isZero();
		// A request that the first gave up when it was closed may not have been read yet.
		this.onlyWith = "x-second";
		this.answers = (names) -> OK;
		try (Pipeline pipeline = Pipeline.toCollector(this.server.url(),
				properties("otel.exporter.otlp.headers=x-second=true"))) {
			SignalStatus status = pipeline.status();
			await(() -> status.exported() == 10);
			assertThat(this.arrived).containsExactlyElementsOf(names(0, 10));
			assertThat(status.recovered()).isEqualTo(10);
			assertThat(status.received()).isZero();
			await(() -> status.spooled() == 0);
			assertThatAllIsAccountedFor(status);
		}
	}

	@Test
	void keepsWhatIsExportedAfterTheContextIsStopped() {
		try (Pipeline pipeline = pipeline()) {
			pipeline.stop();
			this.answers = (names) -> DOWN;
			assertThat(pipeline.export(List.of(span(0)))).isTrue();
			assertThat(pipeline.status().spooled()).isEqualTo(1);
		}
		this.answers = (names) -> OK;
		try (Pipeline pipeline = pipeline()) {
			await(() -> pipeline.status().exported() == 1);
		}
	}

	@Test
	void goesOnAfterAStopOneAtATime() {
		this.answers = (names) -> DOWN;
		try (Pipeline pipeline = pipeline("retry.initial-backoff=50ms", "retry.max-backoff=50ms")) {
			SignalStatus status = pipeline.status();
			for (int i = 0; i < 10; i++) {
				assertThat(pipeline.export(List.of(span(i)))).isTrue();
				pipeline.stop();
				assertThat(status.spooled()).isZero();
				pipeline.start();
			}
			// What the last stop gave up has arrived by then.
			int before = this.server.requests().size();
			await(() -> this.server.requests().size() > before + 3);
			AtomicBoolean met = new AtomicBoolean();
			Exchanger<String> others = new Exchanger<>();
			this.answers = (names) -> {
				met.compareAndSet(false, isAnybodyElseHere(others));
				return OK;
			};
			await(() -> status.exported() == 10);
			await(() -> status.spooled() == 0);
			assertThat(this.arrived).containsExactlyElementsOf(names(0, 10));
			assertThat(met).isFalse();
			assertThatAllIsAccountedFor(status);
		}
	}

	@Test
	void opensNothingWhileTheContextIsStopped() throws IOException {
		this.answers = (names) -> DOWN;
		try (Pipeline pipeline = pipeline()) {
			assertThat(pipeline.export(List.of(span(0)))).isTrue();
			await(() -> this.server.requests().size() > 5);
			pipeline.stop();
			int before = this.server.requests().size();
			List<Path> files = files();
			// Many backoffs of a millisecond.
			Awaitility.await().during(Duration.ofMillis(200)).until(() -> files.equals(files()));
			// One may have been under way.
			assertThat(this.server.requests()).hasSizeBetween(before, before + 1);
		}
	}

	@Test
	void countsWhatIsRefusedWhileItIsReplayed() {
		this.answers = (names) -> DOWN;
		try (Pipeline pipeline = pipeline()) {
			for (int i = 0; i < 10; i++) {
				assertThat(pipeline.export(List.of(span(i)))).isTrue();
			}
			this.answers = (names) -> names.contains("span 4") ? Script.text(400, "Not this one") : OK;
			SignalStatus status = pipeline.status();
			await(() -> status.exported() == 9);
			assertThat(status.byReason(Result.REJECTED)).isEqualTo(Map.of("rejected", 1L));
			await(() -> status.spooled() == 0);
			assertThatAllIsAccountedFor(status);
			assertThat(this.arrived).doesNotContain("span 4").hasSize(9);
		}
	}

	@Test
	void cutsWhatIsTooLargeWhileItIsReplayed() {
		this.answers = (names) -> DOWN;
		try (Pipeline pipeline = pipeline()) {
			assertThat(pipeline.export(Spans.ended(20))).isTrue();
			this.answers = (names) -> (names.size() > 3 || names.contains("span 7")) ? Script.text(413, "Too much")
					: OK;
			SignalStatus status = pipeline.status();
			await(() -> status.exported() == 19 && status.spooled() == 0);
			assertThat(status.byReason(Result.REJECTED)).isEqualTo(Map.of("too_large", 1L));
			List<String> others = names(0, 20);
			others.remove("span 7");
			assertThat(this.arrived).containsExactlyInAnyOrderElementsOf(others);
			assertThatAllIsAccountedFor(status);
		}
	}

	@Test
	void deliversWhatIsFreshBesideALargeBacklog() {
		this.answers = (names) -> DOWN;
		try (Pipeline pipeline = pipeline()) {
			for (int i = 0; i < 50; i++) {
				assertThat(pipeline.export(List.of(span(i)))).isTrue();
			}
			CountDownLatch backlog = new CountDownLatch(1);
			this.answers = (names) -> {
				if (!names.contains("fresh")) {
					await(backlog);
				}
				return OK;
			};
			await(() -> this.arrived.contains("fresh") || !pipeline.export(List.of(named("fresh"))));
			assertThat(this.arrived).containsOnly("fresh");
			backlog.countDown();
			SignalStatus status = pipeline.status();
			await(() -> status.spooled() == 0);
			assertThat(this.arrived.stream().filter((name) -> !name.equals("fresh")))
				.containsExactlyElementsOf(names(0, 50));
			assertThatAllIsAccountedFor(status);
		}
	}

	@Test
	void storesWhatIsMoreThanMayBeInFlight() {
		CountDownLatch gate = new CountDownLatch(1);
		this.answers = (names) -> {
			await(gate);
			return OK;
		};
		try (Pipeline pipeline = pipeline("max-in-flight=1")) {
			pipeline.send(List.of(span(0)));
			this.server.awaitConnections(1);
			assertThat(pipeline.export(List.of(span(1)))).isTrue();
			assertThat(pipeline.export(List.of(span(2)))).isTrue();
			SignalStatus status = pipeline.status();
			assertThat(status.spooled()).isBetween(2L, 3L);
			gate.countDown();
			await(() -> status.exported() == 3 && status.spooled() == 0);
			assertThat(this.arrived).containsExactlyInAnyOrderElementsOf(names(0, 3));
			assertThatAllIsAccountedFor(status);
		}
	}

	@Test
	void freesTheExporterWhileASlowServerThinks() {
		CountDownLatch gate = new CountDownLatch(1);
		this.answers = (names) -> {
			await(gate);
			return OK;
		};
		try (Pipeline pipeline = pipeline()) {
			assertThat(pipeline.export(List.of(span(0)))).isTrue();
			SignalStatus status = pipeline.status();
			assertThat(status.spooled()).isEqualTo(1);
			assertThat(status.exported()).isZero();
			gate.countDown();
			await(() -> status.exported() == 1 && status.spooled() == 0);
			assertThat(this.arrived).containsExactly("span 0");
			assertThatAllIsAccountedFor(status);
		}
	}

	@Test
	void endsAtOnceWithASlowServerAndKeepsWhatItHasNotTaken() {
		CountDownLatch gate = new CountDownLatch(1);
		this.answers = (names) -> {
			await(gate);
			return DOWN;
		};
		SignalStatus status;
		long before;
		try (Pipeline pipeline = pipeline()) {
			assertThat(pipeline.export(List.of(span(0)))).isTrue();
			status = pipeline.status();
			before = System.nanoTime();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
		gate.countDown();
		assertThat(status.recovered()).isEqualTo(-1);
		assertThatAllIsAccountedFor(status);
		this.answers = (names) -> OK;
		try (Pipeline pipeline = pipeline()) {
			await(() -> pipeline.status().exported() == 1);
		}
	}

	@Test
	void keepsWhatCanNotBeSignedUntilThereAreCredentials() {
		AtomicBoolean signedIn = new AtomicBoolean();
		AwsCredentialsProvider credentials = () -> {
			if (!signedIn.get()) {
				throw SdkClientException.create("none");
			}
			return AwsBasicCredentials.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret());
		};
		try (AwsEndpoint xray = AwsEndpoint.start();
				Pipeline pipeline = Pipeline.toAws(xray, credentials,
						properties("management.adot.aws.region=us-east-1"))) {
			for (int i = 0; i < 5; i++) {
				assertThat(pipeline.export(List.of(span(i)))).isTrue();
			}
			SignalStatus status = pipeline.status();
			assertThat(status.spooled()).isEqualTo(5);
			signedIn.set(true);
			assertThat(xray.awaitSpans(5)).extracting(ReceivedSpan::name).containsExactlyElementsOf(names(0, 5));
			await(() -> status.exported() == 5 && status.spooled() == 0);
			assertThat(xray.refusals()).isEmpty();
			assertThatAllIsAccountedFor(status);
		}
	}

	@Test
	void keepsWhatCanNotBeSentForWantOfTrust() {
		SelfSignedCertificate certificate = SelfSignedCertificate.ofThisMachine();
		try (ScriptedEndpoint untrusted = ScriptedEndpoint.startTls(certificate, Script.answer(Script.text(200, "")));
				Pipeline pipeline = Pipeline.toCollector(untrusted.url(""), properties())) {
			assertThat(pipeline.export(3)).isTrue();
			assertThat(pipeline.status().spooled()).isEqualTo(3);
			assertThat(pipeline.lastError()).startsWith("no connection: SSL");
			assertThat(pipeline.status().failed()).isZero();
		}
	}

	private Pipeline pipeline(String... properties) {
		return Pipeline.toCollector(this.server.url(),
				properties(Stream.of(properties)
					.map((property) -> "management.adot.delivery." + property)
					.toArray(String[]::new)));
	}

	private String[] properties(String... properties) {
		return Stream.concat(
				Stream.of("management.adot.delivery.spool.enabled=true",
						"management.adot.delivery.spool.directory=" + this.temporary.resolve("spool")),
				Stream.of(properties))
			.toArray(String[]::new);
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.temporary)) {
			return files.sorted().toList();
		}
	}

	private static void assertThatAllIsAccountedFor(SignalStatus status) {
		assertThat(status.received() + status.recovered())
			.isEqualTo(status.exported() + status.rejected() + status.failed() + status.dropped() + status.spooled());
	}

	private static SpanData span(int number) {
		return named("span " + number);
	}

	private static SpanData named(String name) {
		return new DelegatingSpanData(Spans.ended(1).get(0)) {

			@Override
			public String getName() {
				return name;
			}

		};
	}

	private static List<String> names(int from, int to) {
		return IntStream.range(from, to).mapToObj((i) -> "span " + i).collect(Collectors.toCollection(ArrayList::new));
	}

	private static boolean isAnybodyElseHere(Exchanger<String> others) {
		try {
			others.exchange("", 20, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(condition);
	}

	private static void await(CountDownLatch gate) {
		try {
			assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
