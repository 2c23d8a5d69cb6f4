package io.github.adotspring.autoconfigure.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AwsCredentials#renew} and {@link AwsCredentials#forget}.
 */
final class AwsCredentialsRenewalTests {

	private static final AccessKey SECOND = new AccessKey("ASIASECONDSECONDSEC0", "second", "second-token");

	private static final AccessKey THIRD = new AccessKey("ASIATHIRDTHIRDTHIRD0", "third", "third-token");

	private final AtomicLong nanoTime = new AtomicLong(-5);

	private final ApplicationProvider application = new ApplicationProvider();

	private SystemProperties system;

	@BeforeEach
	void forgetTheAwsAccountOfThisMachine() {
		this.system = SystemProperties.withoutAws();
	}

	@AfterEach
	void restore() {
		this.system.close();
	}

	@Test
	void asksTheSourceAnewWhenWhatIsCachedWasRefused() {
		try (StsEndpoint sts = new StsEndpoint(); AwsCredentials credentials = role(sts)) {
			AwsCredentialsIdentity first = credentials.resolve();
			sts.issue(SECOND);
			assertThat(credentials.resolve()).isSameAs(first);
			assertThat(credentials.renew(first)).isTrue();
			assertThat(credentials.resolve().accessKeyId()).isEqualTo(SECOND.id());
			assertThat(sts.calls()).hasSize(2);
			assertThat(this.application.closed).hasValue(0);
		}
	}

	@Test
	void doesNotAskForWhoeverComesWithCredentialsThatAreReplacedAlready() {
		try (StsEndpoint sts = new StsEndpoint(); AwsCredentials credentials = role(sts)) {
			AwsCredentialsIdentity first = credentials.resolve();
			sts.issue(SECOND);
			credentials.renew(first);
			sts.issue(THIRD);
			this.nanoTime.addAndGet(Duration.ofHours(1).toNanos());
			assertThat(credentials.renew(first)).isTrue();
			assertThat(credentials.resolve().accessKeyId()).isEqualTo(SECOND.id());
			assertThat(sts.calls()).hasSize(2);
		}
	}

	@Test
	void asksAtMostOnceAMinute() {
		try (StsEndpoint sts = new StsEndpoint(); AwsCredentials credentials = role(sts)) {
			AwsCredentialsIdentity first = credentials.resolve();
			assertThat(credentials.renew(first)).isFalse();
			assertThat(sts.calls()).hasSize(2);
			sts.issue(SECOND);
			this.nanoTime.addAndGet(Duration.ofSeconds(59).toNanos());
			assertThat(credentials.renew(first)).isFalse();
			assertThat(sts.calls()).hasSize(2);
			this.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(credentials.renew(first)).isTrue();
			assertThat(sts.calls()).hasSize(3);
		}
	}

	@Test
	void asksOnceForManyThreads() throws Exception {
		int threads = 8;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try (StsEndpoint sts = new StsEndpoint(); AwsCredentials credentials = role(sts)) {
			AwsCredentialsIdentity first = credentials.resolve();
			sts.issue(SECOND);
			CyclicBarrier start = new CyclicBarrier(threads);
			Callable<String> task = () -> {
				start.await(30, TimeUnit.SECONDS);
				return credentials.renew(first) + " " + credentials.resolve().accessKeyId();
			};
			List<Future<String>> results = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				results.add(executor.submit(task));
			}
			for (Future<String> result : results) {
				assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("true " + SECOND.id());
			}
			assertThat(sts.calls()).hasSize(2);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void resolvesAgainWhenItsProviderWasClosedMeanwhile() {
		try (StsEndpoint sts = new StsEndpoint(); AwsCredentials credentials = role(sts)) {
			this.application.whenAsked = () -> {
				this.application.whenAsked = () -> {
				};
				credentials.forget();
				throw new IllegalStateException("Connection pool shut down");
			};
			assertThat(credentials.resolve().accessKeyId()).isEqualTo(StsEndpoint.TEMPORARY.id());
			assertThat(sts.calls()).hasSize(1);
		}
	}

	@Test
	void asksTheApplicationsProviderAgainAndNeverClosesIt() {
		AwsCredentials credentials = credentials(this.application);
		AwsCredentialsIdentity first = credentials.resolve();
		assertThat(credentials.renew(first)).isFalse();
		this.application.credentials = AwsSessionCredentials.create(first.accessKeyId(), first.secretAccessKey(),
				"new");
		assertThat(credentials.renew(first)).isTrue();
		credentials.forget();
		assertThat(credentials.resolve()).isSameAs(this.application.credentials);
		assertThat(this.application.closed).hasValue(0);
	}

	@Test
	void takesEqualCredentialsForTheSame() {
		AwsCredentials credentials = credentials(this.application);
		AwsCredentialsIdentity refused = AwsCredentialsIdentity.create(AccessKey.EXAMPLE.id(),
				AccessKey.EXAMPLE.secret());
		assertThat(credentials.renew(refused)).isFalse();
	}

	@Test
	void makesItsProviderAnewOnceItForgets() {
		try (StsEndpoint sts = new StsEndpoint(); AwsCredentials credentials = role(sts)) {
			credentials.resolve();
			credentials.forget();
			sts.issue(SECOND);
			assertThat(credentials.resolve().accessKeyId()).isEqualTo(SECOND.id());
		}
	}

	@Test
	void saysThatThereAreNoCredentialsAnyMore() {
		AwsCredentials credentials = credentials(this.application);
		AwsCredentialsIdentity first = credentials.resolve();
		this.application.credentials = null;
		assertThatExceptionOfType(AwsConfigurationException.class).isThrownBy(() -> credentials.renew(first))
			.withMessageStartingWith("No AWS credentials were found");
	}

	@Test
	void renewsNothingOnceItIsClosed() {
		AwsCredentials credentials = credentials(this.application);
		AwsCredentialsIdentity first = credentials.resolve();
		credentials.close();
		assertThatIllegalStateException().isThrownBy(() -> credentials.renew(first));
		credentials.forget();
		assertThatIllegalStateException().isThrownBy(credentials::resolve);
	}

	private AwsCredentials role(StsEndpoint sts) {
		return credentials(this.application, "role-arn", "arn:aws:iam::123456789012:role/telemetry", "sts-endpoint",
				sts.url(), "region", "eu-west-1");
	}

	private AwsCredentials credentials(AwsCredentialsProvider provider, String... properties) {
		AwsProperties bound = TestProperties.of(properties);
		return new AwsCredentials(bound, new AwsRegionResolver(bound, null), provider, this.nanoTime::get);
	}

	/**
	 * A provider of the application whose credentials the test changes.
	 */
	private static final class ApplicationProvider implements AwsCredentialsProvider, SdkAutoCloseable {

		private final AtomicInteger closed = new AtomicInteger();

		private Runnable whenAsked = () -> {
		};

		private volatile software.amazon.awssdk.auth.credentials.@Nullable AwsCredentials credentials = AwsBasicCredentials
			.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret());

		@Override
		public software.amazon.awssdk.auth.credentials.AwsCredentials resolveCredentials() {
			this.whenAsked.run();
			software.amazon.awssdk.auth.credentials.AwsCredentials credentials = this.credentials;
			if (credentials == null) {
				throw new IllegalStateException("gone");
			}
			return credentials;
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

}
