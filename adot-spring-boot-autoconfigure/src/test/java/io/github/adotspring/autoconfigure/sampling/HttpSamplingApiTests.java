package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.aws.OwnCalls;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.sampling.SamplingApi.Targets;
import io.github.adotspring.autoconfigure.sampling.SamplingApi.Unprocessed;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link HttpSamplingApi}, against a server on this machine.
 */
@Timeout(60)
final class HttpSamplingApiTests {

	private static final String CLIENT = "0123456789abcdef01234567";

	private static final String OTHER_CLIENT = "76543210fedcba9876543210";

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final AwsBasicCredentials WRONG = AwsBasicCredentials.create("AKIDEXAMPLE", "wrong");

	private static final AwsBasicCredentials RIGHT = AwsBasicCredentials.create(AccessKey.EXAMPLE.id(),
			AccessKey.EXAMPLE.secret());

	private final ManualClock clock = new ManualClock();

	private final SamplingServer xray = SamplingServer.signed("us-east-1", this.clock);

	private final List<String> warnings = new ArrayList<>();

	private final HttpSamplingApi api = signed(signer(() -> RIGHT));

	@AfterEach
	void close() {
		this.xray.close();
	}

	@Test
	void rulesAreThoseOfTheRegion() throws IOException {
		this.xray.state().put("checkout", Map.of("Priority", 1, "FixedRate", 0.5, "URLPath", "/checkout/*"));
		assertThat(this.api.rules()).extracting(SamplingRule::name, SamplingRule::fixedRate, SamplingRule::urlPath)
			.containsExactly(tuple("Default", 0.05, "*"), tuple("checkout", 0.5, "/checkout/*"));
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void allPagesAreRead() throws IOException {
		IntStream.range(0, 25).forEach((i) -> this.xray.state().put("rule-" + i, Map.of()));
		this.xray.state().setPageSize(4);
		assertThat(this.api.rules()).hasSize(26);
		assertThat(this.xray.requests()).hasSize(7);
	}

	@Test
	void aRepeatedTokenEndsTheReading() throws IOException {
		IntStream.range(0, 3).forEach((i) -> this.xray.answer(200, endless("rule-" + i, "same")));
		assertThat(this.api.rules()).extracting(SamplingRule::name).containsExactly("rule-0", "rule-1");
		assertThat(this.warnings)
			.containsExactly("GetSamplingRules has no end; the rules of its first 2 pages are used");
	}

	@Test
	void pagesWithoutEndAreReadAHundredTimes() throws IOException {
		IntStream.range(0, 150).forEach((i) -> this.xray.answer(200, endless("rule-" + i, "token-" + i)));
		assertThat(this.api.rules()).hasSize(100);
		assertThat(this.xray.requests()).hasSize(100);
		assertThat(this.warnings)
			.containsExactly("GetSamplingRules has no end; the rules of its first 100 pages are used");
	}

	@Test
	void aRuleThatIsLeftOutIsToldOnce() throws IOException {
		this.xray.state().put("wrong", Map.of("FixedRate", 7));
		assertThat(this.api.rules()).extracting(SamplingRule::name).containsExactly("Default");
		this.api.rules();
		assertThat(this.warnings).containsExactly("The sampling rule 'wrong' is left out: FixedRate is out of range");
	}

	@Test
	void targetsShareTheReservoirAmongTheClientsThatReport() throws IOException {
		this.xray.state().put("checkout", Map.of("FixedRate", 0.5, "ReservoirSize", 5));
		assertThat(quota(CLIENT)).isEqualTo(5);
		assertThat(quota(OTHER_CLIENT)).as("while all is given").isZero();
		assertThat(quota(CLIENT)).isEqualTo(3);
		assertThat(quota(OTHER_CLIENT)).isEqualTo(2);
		this.clock.pass(Duration.ofSeconds(31));
		assertThat(quota(CLIENT)).as("when the other reports no more").isEqualTo(5);
		assertThat(this.xray.state().totals("checkout")).isEqualTo(new SamplingState.Totals(50, 15, 5));
	}

	@Test
	void targetsSayWhenTheyEndAndWhenRulesChanged() throws IOException {
		this.clock.pass(Duration.ofMillis(1500));
		this.xray.state().put("checkout", Map.of("FixedRate", 0.5, "ReservoirSize", 5));
		Instant now = this.clock.instant();
		this.xray.state().boost("checkout", 0.9, now.plusSeconds(30));
		Targets targets = this.api.targets(CLIENT, statistics("checkout", "gone"), List.of());
		assertThat(targets.targets()).containsExactly(new SamplingTarget("checkout", 0.5, 5, now.plusSeconds(15),
				Duration.ofSeconds(10), new SamplingTarget.Boost(0.9, now.plusSeconds(30))));
		assertThat(targets.rulesModified()).isEqualTo(now);
		assertThat(targets.unprocessed()).containsExactly(new Unprocessed("gone", "400", "Unknown rule"));
	}

	@Test
	void moreStatisticsThanACallTakesAreRefused() {
		String[] rules = IntStream.rangeClosed(0, SamplingApi.MAX_STATISTICS)
			.mapToObj((i) -> "rule-" + i)
			.toArray(String[]::new);
		assertFailure(() -> this.api.targets(CLIENT, statistics(rules), List.of()),
				"GetSamplingTargets at 127.0.0.1:PORT answered "
						+ "400: InvalidRequestException: Too many SamplingStatisticsDocuments");
	}

	@Test
	void aWrongKeyIsRefused() {
		assertFailure(() -> signed(signer(() -> WRONG)).rules(), "GetSamplingRules at 127.0.0.1:PORT answered 403: "
				+ "InvalidSignatureException: The request signature we calculated does not match the signature you "
				+ "provided. Check your AWS Secret Access Key and signing method. Consult the service documentation "
				+ "for details.");
	}

	@Test
	void keysThatWereRotatedAreAskedForAnew() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		AwsBasicCredentials old = AwsBasicCredentials.create("AKIDROTATED", "old");
		HttpSamplingApi rotated = signed(signer(() -> (asked.getAndIncrement() == 0) ? old : RIGHT));
		assertThat(rotated.rules()).hasSize(1);
		assertThat(this.xray.requests()).hasSize(2);
	}

	@Test
	void aRefusalIsMadeGoodOnce() {
		AtomicInteger asked = new AtomicInteger();
		HttpSamplingApi rotating = signed(
				signer(() -> AwsBasicCredentials.create("AKIDROTATED" + asked.getAndIncrement(), "old")));
		assertThatIOException().isThrownBy(rotating::rules).withMessageContaining("UnrecognizedClientException");
		assertThat(this.xray.requests()).hasSize(2);
	}

	@Test
	void aWrongClockIsSetRightByThatOfTheServer() throws IOException {
		SigV4Signer late = AwsFixtures.signer(() -> RIGHT, Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
		assertThat(signed(late).rules()).hasSize(1);
		assertThat(this.xray.requests()).hasSize(2);
	}

	@Test
	void missingCredentialsAreAnIoException() {
		HttpSamplingApi unsigned = signed(signer(() -> {
			throw new IllegalStateException("none here");
		}));
		assertThatIOException().isThrownBy(unsigned::rules)
			.withMessageStartingWith("GetSamplingRules could not be sent: ");
		assertThat(this.xray.requests()).isEmpty();
	}

	@Test
	void credentialsAreAskedForOutsideOfTheTracesOfTheApplication() throws IOException {
		List<Boolean> own = new ArrayList<>();
		signed(signer(() -> {
			own.add(OwnCalls.isCurrent());
			return RIGHT;
		})).rules();
		assertThat(own).isNotEmpty().containsOnly(true);
	}

	@Test
	void aThrottledCallSaysSo() throws IOException {
		this.xray.throttle();
		assertFailure(this.api::rules,
				"GetSamplingRules at 127.0.0.1:PORT answered 429: ThrottledException: Rate exceeded");
		assertThat(this.api.rules()).hasSize(1);
	}

	@Test
	void anOutageIsOverWhenItIsOver() throws IOException {
		this.xray.setDown(true);
		assertFailure(this.api::rules, "GetSamplingRules at 127.0.0.1:PORT answered 503: "
				+ "ServiceUnavailableException: Service is unavailable");
		this.xray.setDown(false);
		assertThat(this.api.rules()).hasSize(1);
	}

	@Test
	void aMissingPermissionIsNamed() {
		this.xray.deny("GetSamplingRules", "GetSamplingTargets");
		assertThatIOException().isThrownBy(this.api::rules)
			.withMessageStartingWith("GetSamplingRules at 127.0.0.1:")
			.withMessageContaining("answered 403: AccessDeniedException: User: arn:aws:sts::123456789012")
			.withMessageEndingWith("; the permission 'xray:GetSamplingRules' is missing");
		assertThatIOException().isThrownBy(() -> this.api.targets(CLIENT, List.of(), List.of()))
			.withMessageEndingWith("; the permission 'xray:GetSamplingTargets' is missing");
	}

	@Test
	void theTypeOfAnErrorIsReadFromTheBodyToo() {
		this.xray.answer(400,
				"{\"__type\":\"com.amazonaws.xray#InvalidRequestException:http://aws\",\"Message\":\"a\\nb\"}");
		assertFailure(this.api::rules, "GetSamplingRules at 127.0.0.1:PORT answered 400: InvalidRequestException: a b");
	}

	@Test
	void aLongErrorIsCutToOneLine() {
		this.xray.answer(502, "<html>\n".repeat(10_000));
		assertThatIOException().isThrownBy(this.api::rules)
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(600).doesNotContain("\n"));
	}

	@Test
	void redirectsAreNotFollowed() {
		this.xray.answer(302, "");
		assertFailure(this.api::rules, "GetSamplingRules at 127.0.0.1:PORT answered 302; redirects are not followed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html></html>", "[]", "{\"SamplingRuleRecords\": 1}" })
	void garbageIsAnIoException(String garbage) {
		this.xray.answer(200, garbage);
		assertThatIOException().isThrownBy(this.api::rules)
			.withMessageStartingWith("GetSamplingRules at 127.0.0.1:" + this.xray.url().getPort() + " failed: ");
	}

	@Test
	void anAnswerWithoutEndIsRefused() {
		this.xray.answer(200, " ".repeat(1024 * 1024) + "{\"SamplingRuleRecords\": []}");
		assertFailure(this.api::rules,
				"GetSamplingRules at 127.0.0.1:PORT failed: the answer has more than 1048576 bytes");
	}

	@Test
	void aProxyGetsUnsignedRequestsUnderItsUrl() throws IOException {
		try (SamplingServer proxy = SamplingServer.proxy(this.clock)) {
			HttpSamplingApi throughProxy = unsigned(URI.create(proxy.url() + "/"), TIMEOUT);
			assertThat(throughProxy.rules()).hasSize(1);
			assertThat(throughProxy.targets(CLIENT, statistics("Default"), List.of()).targets()).hasSize(1);
			assertThat(proxy.requests()).extracting(ReceivedRequest::path)
				.containsExactly("/GetSamplingRules", "/SamplingTargets");
			assertThat(proxy.requests()).extracting((request) -> request.header("Content-Type"))
				.containsOnly("application/json");
		}
	}

	@Test
	void aProxyCanHaveAPath() {
		HttpSamplingApi prefixed = unsigned(this.xray.url().resolve("/proxy/"), TIMEOUT);
		assertThatIOException().isThrownBy(prefixed::rules);
		assertThat(this.xray.requests()).extracting(ReceivedRequest::path).containsExactly("/proxy/GetSamplingRules");
	}

	@Test
	void aPortThatNothingListensOnIsToldAsThat() {
		try (BrokenEndpoint refusing = BrokenEndpoint.refusing()) {
			assertThatIOException().isThrownBy(unsigned(refusing.url(), TIMEOUT)::rules)
				.withMessage(
						"GetSamplingRules at 127.0.0.1:" + refusing.url().getPort() + " failed: nothing listens there");
		}
	}

	@Test
	void aHostThatDoesNotExistIsToldAsThat() {
		assertThatIOException().isThrownBy(unsigned(URI.create("http://nowhere.invalid:2000"), TIMEOUT)::rules)
			.withMessage("GetSamplingRules at nowhere.invalid:2000 failed: there is no host 'nowhere.invalid'");
	}

	@Test
	void silenceEndsWithTheTimeout() {
		try (BrokenEndpoint silent = BrokenEndpoint.silent()) {
			assertThatIOException().isThrownBy(unsigned(silent.url(), Duration.ofMillis(200))::rules)
				.withMessageEndingWith(" failed: no answer within 200 ms");
		}
	}

	@Test
	void anAnswerThatStallsEndsWithTheTimeout() {
		try (BrokenEndpoint stalling = BrokenEndpoint.stalling("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")) {
			assertThatIOException().isThrownBy(unsigned(stalling.url(), Duration.ofMillis(500))::rules)
				.withMessageEndingWith(" failed: no answer within 500 ms");
		}
	}

	@Test
	void whatIsNotHttpIsAnIoException() {
		try (BrokenEndpoint garbage = BrokenEndpoint.garbage(); BrokenEndpoint closing = BrokenEndpoint.closing()) {
			assertThatIOException().isThrownBy(unsigned(garbage.url(), TIMEOUT)::rules)
				.withMessageStartingWith("GetSamplingRules at ");
			assertThatIOException().isThrownBy(unsigned(closing.url(), TIMEOUT)::rules)
				.withMessageStartingWith("GetSamplingRules at ");
		}
	}

	@Test
	void anInterruptEndsTheWaitAndIsKept() {
		try (BrokenEndpoint silent = BrokenEndpoint.silent()) {
			Thread.currentThread().interrupt();
			assertThatIOException().isThrownBy(unsigned(silent.url(), TIMEOUT)::rules).withMessage("interrupted");
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void statisticsOfAnotherTimeAreRefused() {
		Instant milliseconds = Instant.ofEpochSecond(this.clock.instant().toEpochMilli());
		List<RuleStatistics> statistics = List.of(new RuleStatistics("Default", milliseconds, 1, 1, 0));
		assertFailure(() -> this.api.targets(CLIENT, statistics, List.of()),
				"GetSamplingTargets at 127.0.0.1:PORT answered 400: "
						+ "InvalidRequestException: Timestamp is not of today");
	}

	@Test
	void theFirstCallStartsTheThreadOfTheClient() throws IOException {
		Set<Thread> before = clientThreads();
		HttpSamplingApi unused = signed(signer(() -> RIGHT));
		assertThat(before).containsAll(clientThreads());
		unused.rules();
		assertThat(clientThreads()).isNotEmpty().anyMatch((thread) -> !before.contains(thread));
	}

	@Test
	void aConnectionThatWasReleasedIsMadeAnew() throws IOException {
		SamplingConnection connection = new SamplingConnection(TIMEOUT, TIMEOUT);
		try (SamplingServer proxy = SamplingServer.proxy(this.clock)) {
			SamplingApi released = new HttpSamplingApi(SamplingRequests.unsigned(proxy.url()), connection,
					this.warnings::add);
			released.rules();
			connection.release();
			assertThat(released.rules()).hasSize(1);
		}
	}

	private static Set<Thread> clientThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("HttpClient-"))
			.collect(Collectors.toSet());
	}

	private int quota(String client) throws IOException {
		return this.api.targets(client, statistics("checkout"), List.of()).targets().get(0).quota();
	}

	private List<RuleStatistics> statistics(String... rules) {
		return List.of(rules).stream().map((rule) -> new RuleStatistics(rule, this.clock.instant(), 10, 3, 1)).toList();
	}

	private static String endless(String rule, String token) {
		return "{\"NextToken\": \"" + token + "\", \"SamplingRuleRecords\": ["
				+ SamplingDocuments.ruleWith(rule, "\"Host\": \"*\"") + "]}";
	}

	private void assertFailure(ThrowingCallable call, String message) {
		assertThatIOException().isThrownBy(call)
			.withMessage(message.replace("PORT", String.valueOf(this.xray.url().getPort())));
	}

	private static SigV4Signer signer(AwsCredentialsProvider provider) {
		return AwsFixtures.signer(provider, Clock.systemUTC());
	}

	private HttpSamplingApi signed(SigV4Signer signer) {
		AwsEndpoint endpoint = new AwsEndpoint(AwsService.XRAY, this.xray.url().resolve("/v1/traces"), "us-east-1",
				"test");
		return api(SamplingRequests.signed(() -> endpoint, signer), TIMEOUT);
	}

	private HttpSamplingApi unsigned(URI proxy, Duration timeout) {
		return api(SamplingRequests.unsigned(proxy), timeout);
	}

	private HttpSamplingApi api(SamplingRequests requests, Duration timeout) {
		return new HttpSamplingApi(requests, new SamplingConnection(TIMEOUT, timeout), this.warnings::add);
	}

}
