package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what AWS refuses a signature for, on the whole way.
 */
@Timeout(60)
final class RefusedSignatureTests {

	private static final String REGION = "management.adot.aws.region=us-east-1";

	private static final AccessKey OLD = new AccessKey("ASIAOLDOLDOLDOLDOLD1", "old-s3cret", "old-t0ken");

	private static final AccessKey NEW = new AccessKey("ASIANEWNEWNEWNEWNEW1", "new-s3cret", "new-t0ken");

	private static final String EXPIRED = "The security token included in the request is expired";

	private static final String SIGNER = "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner";

	private SystemProperties system;

	private LogLines log;

	@BeforeEach
	void forgetTheAwsAccountOfThisMachine() {
		this.system = SystemProperties.withoutAws();
		this.log = LogLines.listen();
	}

	@AfterEach
	void restore() {
		this.log.close();
		this.system.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403 })
	void expiredCredentialsAreRenewedOnce(int status) {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(NEW).start();
				Pipeline pipeline = Pipeline.toAws(xray, oldOnlyFor(1), REGION)) {
			xray.enqueue(Answer.error(status, EXPIRED));
			assertThat(pipeline.export(2)).isTrue();
			assertThat(xray.requests()).extracting(RefusedSignatureTests::keyOf).containsExactly(OLD.id(), NEW.id());
			assertThat(pipeline.export(3)).isTrue();
			assertThat(xray.requests()).hasSize(3);
			assertThat(pipeline.status().exported()).isEqualTo(5);
			assertThat(pipeline.status().lastError()).isNull();
			assertThat(this.log.lines()).isEmpty();
		}
	}

	@Test
	void credentialsAreRenewedThoughThereIsToBeNoRetry() {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(NEW).start();
				Pipeline pipeline = Pipeline.toAws(xray, oldOnlyFor(1), REGION,
						"management.adot.delivery.retry.max-attempts=1")) {
			xray.enqueue(Answer.error(403, EXPIRED));
			assertThat(pipeline.export(2)).isTrue();
		}
	}

	@Test
	void aSecondRefusalIsFinal() {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(NEW).start();
				Pipeline pipeline = Pipeline.toAws(xray, oldOnlyFor(1), REGION)) {
			xray.enqueue(Answer.error(403, EXPIRED), Answer.error(403, EXPIRED));
			assertThat(pipeline.export(2)).isFalse();
			assertThat(xray.requests()).hasSize(2);
			assertThat(pipeline.status().byReason(Result.REJECTED)).containsExactly(Map.entry("rejected", 2L));
			assertThat(pipeline.lastError()).isEqualTo("HTTP 403: " + EXPIRED + " (after 2 attempts)");
			assertThat(this.log.lines()).singleElement()
				.asString()
				.contains("HTTP 403: " + EXPIRED, "The session token of the credentials has expired");
			assertThat(adviceOf(pipeline)).startsWith("The session token of the credentials has expired");
		}
	}

	@Test
	void credentialsThatStayTheSameAreNotTriedAgain() {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(NEW).start();
				Pipeline pipeline = Pipeline.toAws(xray, oldOnlyFor(Integer.MAX_VALUE), REGION)) {
			xray.enqueue(Answer.error(403, EXPIRED), Answer.error(403, EXPIRED), Answer.error(403, EXPIRED));
			IntStream.range(0, 3).forEach((i) -> assertThat(pipeline.export(1)).isFalse());
			assertThat(xray.requests()).hasSize(3);
			assertThat(pipeline.status().rejected()).isEqualTo(3);
		}
	}

	@Test
	void aMissingPermissionIsFinal() {
		String denied = "User: arn:aws:sts::123456789012:assumed-role/shop/i is not authorized to perform: "
				+ "xray:PutTraceSegments because no identity-based policy allows the xray:PutTraceSegments action";
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(NEW).start();
				Pipeline pipeline = Pipeline.toAws(xray, oldOnlyFor(0), REGION)) {
			xray.enqueue(Answer.error(403, denied));
			assertThat(pipeline.export(2)).isFalse();
			assertThat(xray.requests()).hasSize(1);
			assertThat(pipeline.lastError()).isEqualTo("HTTP 403: " + denied);
			assertThat(adviceOf(pipeline)).startsWith("Attach the policy ").contains("xray:PutTraceSegments");
			assertThat(this.log.lines()).singleElement().asString().contains("Attach the policy ");
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { -7_200, 7_200, 86_400 })
	void aWrongClockIsSetRightByThatOfTheServer(long seconds) {
		List<String> signed = new CopyOnWriteArrayList<>();
		DateTimeFormatter amzDate = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);
		try (ScriptedEndpoint xray = ScriptedEndpoint.start(Script.each((request) -> {
			Instant now = Instant.now().plusSeconds(seconds);
			signed.add(String.valueOf(request.header("x-amz-date")));
			Instant time = Instant.from(amzDate.parse(String.valueOf(request.header("x-amz-date"))));
			String date = "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC));
			return (Duration.between(time, now).abs().toMinutes() < 5) ? Script.text(200, "", date)
					: Script.text(403, "Signature expired: " + time + " is now earlier than " + now, date);
		})); Pipeline pipeline = Pipeline.toAws(xray.url("/v1/traces"), oldOnlyFor(0), REGION)) {
			assertThat(pipeline.export(1)).isTrue();
			assertThat(signed).hasSize(2);
			assertThat(pipeline.export(1)).isTrue();
			assertThat(pipeline.export(1)).isTrue();
			assertThat(signed).hasSize(4);
			assertThat(pipeline.status().exported()).isEqualTo(3);
			assertThat(this.log.lines()).isEmpty();
		}
	}

	@Test
	void aServerWithoutAClockIsNotAskedAgain() {
		try (ScriptedEndpoint xray = ScriptedEndpoint
			.start(Script.each((request) -> Script.text(403, "Signature expired: now")));
				Pipeline pipeline = Pipeline.toAws(xray.url("/v1/traces"), oldOnlyFor(0), REGION)) {
			assertThat(pipeline.export(1)).isFalse();
			assertThat(xray.requests()).hasSize(1);
			assertThat(adviceOf(pipeline)).startsWith("The clock of this machine");
		}
	}

	@Test
	void noLoggerAndNoStatusEverShowsASecret() {
		List<String> lines = new CopyOnWriteArrayList<>();
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(NEW).start();
				Pipeline pipeline = Pipeline.toAws(xray, oldOnlyFor(1), REGION)) {
			xray.enqueue(Answer.error(403, EXPIRED + " x-amz-security-token:" + OLD.sessionToken()),
					Answer.error(503, "Signature=0123456789abcdef"), Answer.closedConnection());
			listen(lines, () -> pipeline.export(1));
			xray.enqueue(
					Answer.error(400, "The Canonical String for this request should have been x-amz-security-token:"
							+ NEW.sessionToken()));
			listen(lines, () -> pipeline.export(1));
			assertThat(xray.requests()).hasSize(5);
			assertThat(lines).isNotEmpty();
			lines.add(String.valueOf(pipeline.status().lastError()));
			List<String> secrets = new ArrayList<>(
					List.of(OLD.secret(), NEW.secret(), "old-t0ken", "new-t0ken", "0123456789abcdef"));
			xray.requests().forEach((request) -> secrets.add(signatureOf(request)));
			assertThat(lines).noneMatch((line) -> secrets.stream().anyMatch(line::contains));
		}
	}

	/**
	 * Do something while all loggers of all frameworks say all they can, but for the one
	 * that an application has at another level by default.
	 */
	private static void listen(List<String> lines, Supplier<Boolean> action) {
		Logger logback = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Logger signer = (Logger) LoggerFactory.getLogger(SIGNER);
		Level levelBefore = logback.getLevel();
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				lines.add(event.getFormattedMessage());
			}

		};
		java.util.logging.Logger jul = java.util.logging.Logger.getLogger("");
		java.util.logging.Level julLevelBefore = jul.getLevel();
		Handler handler = new Handler() {

			@Override
			public void publish(LogRecord event) {
				lines.add(event.getMessage() + " " + event.getThrown());
			}

			@Override
			public void flush() {
			}

			@Override
			public void close() {
			}

		};
		appender.start();
		handler.setLevel(java.util.logging.Level.ALL);
		try {
			signer.setLevel(Level.INFO);
			logback.setLevel(Level.TRACE);
			logback.addAppender(appender);
			jul.setLevel(java.util.logging.Level.ALL);
			jul.addHandler(handler);
			action.get();
		}
		finally {
			logback.detachAppender(appender);
			logback.setLevel(levelBefore);
			signer.setLevel(null);
			jul.removeHandler(handler);
			jul.setLevel(julLevelBefore);
		}
	}

	/**
	 * Credentials that are the old ones for so many requests.
	 */
	private static AwsCredentialsProvider oldOnlyFor(int requests) {
		AtomicInteger asked = new AtomicInteger();
		return () -> credentials((asked.getAndIncrement() < requests) ? OLD : NEW);
	}

	private static AwsCredentials credentials(AccessKey key) {
		return AwsSessionCredentials.create(key.id(), key.secret(), String.valueOf(key.sessionToken()));
	}

	private static String keyOf(ReceivedRequest request) {
		String authorization = String.valueOf(request.header("authorization"));
		return authorization.substring(authorization.indexOf('=') + 1, authorization.indexOf('/'));
	}

	private static String signatureOf(ReceivedRequest request) {
		String authorization = String.valueOf(request.header("authorization"));
		return authorization.substring(authorization.indexOf("Signature=") + "Signature=".length());
	}

	private static String adviceOf(Pipeline pipeline) {
		SignalStatus.LastError error = pipeline.status().lastError();
		return (error != null) ? String.valueOf(error.advice()) : "";
	}

}
