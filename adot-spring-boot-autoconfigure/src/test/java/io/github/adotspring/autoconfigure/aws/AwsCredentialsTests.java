package io.github.adotspring.autoconfigure.aws;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import io.github.adotspring.autoconfigure.testing.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AwsCredentials}.
 */
final class AwsCredentialsTests {

	private static final String ROLE = "arn:aws:iam::123456789012:role/telemetry";

	@TempDir
	private Path directory;

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
	void usesTheApplicationsProviderWhenItIsNeededAndNeverClosesIt() {
		CountingProvider provider = new CountingProvider();
		AwsCredentials credentials = credentials(provider);
		assertThat(provider.calls).hasValue(0);
		assertThat(credentials.resolve().accessKeyId()).isEqualTo(AccessKey.EXAMPLE.id());
		assertThat(credentials.resolve().accessKeyId()).isEqualTo(AccessKey.EXAMPLE.id());
		assertThat(provider.calls).hasValue(2);
		credentials.close();
		assertThat(provider.closed).hasValue(0);
		assertThat(credentials.describe()).isEqualTo("credentials from the application's AwsCredentialsProvider");
	}

	@Test
	void usesTheDefaultChainWithoutOne() {
		this.system.set("aws.accessKeyId", "AKIASYSTEMPROPERTY")
			.set("aws.secretAccessKey", "s3cret")
			.set("aws.sessionToken", "t0ken");
		try (AwsCredentials credentials = credentials(null)) {
			assertThat(credentials.describe()).isEqualTo("credentials from the default chain");
			assertThat(credentials.resolve().accessKeyId()).isEqualTo("AKIASYSTEMPROPERTY");
		}
	}

	@Test
	void prefersTheProfileOfThePropertyToTheApplicationsProvider() throws IOException {
		Path file = Files.writeString(this.directory.resolve("credentials"), """
				[default]
				aws_access_key_id = AKIADEFAULT
				aws_secret_access_key = secret-of-default
				[telemetry]
				aws_access_key_id = AKIATELEMETRY
				aws_secret_access_key = secret-of-telemetry
				""");
		this.system.set("aws.sharedCredentialsFile", file);
		try (AwsCredentials credentials = credentials(new CountingProvider(), "profile", "telemetry")) {
			assertThat(credentials.resolve().accessKeyId()).isEqualTo("AKIATELEMETRY");
			assertThat(credentials.describe()).isEqualTo("credentials from the profile 'telemetry'");
		}
		try (AwsCredentials credentials = credentials(null)) {
			assertThat(credentials.resolve().accessKeyId()).isEqualTo("AKIADEFAULT");
		}
	}

	@Test
	void assumesTheRoleWithTheCredentialsFoundAndSignsAsTheRole() throws Exception {
		try (StsEndpoint sts = new StsEndpoint();
				AwsCredentials credentials = credentials(new CountingProvider(), "role-arn", ROLE, "sts-endpoint",
						sts.url());
				var aws = io.github.adotspring.autoconfigure.testing.AwsEndpoint.builder()
					.credentials(StsEndpoint.TEMPORARY)
					.region("eu-west-1")
					.start()) {
			assertThat(sts.calls()).isEmpty();
			assertThat(credentials.describe())
				.isEqualTo("role " + ROLE + " with credentials from the application's AwsCredentialsProvider");
			AwsEndpoint endpoint = new AwsEndpoint(AwsService.XRAY, aws.url("/v1/traces"), "eu-west-1", "a test");
			Map<String, List<String>> headers = new SigV4Signer(credentials, Clock.systemUTC())
				.sign(endpoint, Map.of("content-type", List.of("application/x-protobuf")), new byte[0])
				.headers();
			assertThat(send(endpoint, headers)).isEqualTo(200);
			assertThat(aws.refusals()).isEmpty();
			assertThat(sts.verdicts()).containsExactly(new Verdict.Accepted());
			assertThat(sts.calls()).singleElement()
				.satisfies((call) -> assertThat(call).containsEntry("Action", "AssumeRole")
					.containsEntry("RoleArn", ROLE)
					.containsEntry("RoleSessionName", "adot-spring-boot"));
		}
	}

	@Test
	void assumesTheRoleOnceAndUnderTheSessionNameOfTheProperty() {
		try (StsEndpoint sts = new StsEndpoint();
				AwsCredentials credentials = credentials(new CountingProvider(), "role-arn", ROLE, "sts-endpoint",
						sts.url(), "role-session-name", "orders")) {
			AwsCredentialsIdentity first = credentials.resolve();
			AwsCredentialsIdentity second = credentials.resolve();
			assertThat(first).isSameAs(second)
				.isInstanceOfSatisfying(AwsSessionCredentialsIdentity.class, (session) -> {
					assertThat(session.accessKeyId()).isEqualTo(StsEndpoint.TEMPORARY.id());
					assertThat(session.secretAccessKey()).isEqualTo(StsEndpoint.TEMPORARY.secret());
					assertThat(session.sessionToken()).isEqualTo(StsEndpoint.TEMPORARY.sessionToken());
				});
			assertThat(sts.calls()).singleElement()
				.satisfies((call) -> assertThat(call).containsEntry("RoleSessionName", "orders"));
		}
	}

	@Test
	void explainsARefusalOfStsWithoutSecrets() {
		AwsCredentialsProvider stranger = StaticCredentialsProvider
			.create(AwsSessionCredentials.create("AKIASTRANGERSTRANGER", "secret-of-stranger", "t0ken-of-stranger"));
		try (StsEndpoint sts = new StsEndpoint();
				AwsCredentials credentials = credentials(stranger, "role-arn", ROLE, "sts-endpoint", sts.url())) {
			assertThatExceptionOfType(AwsConfigurationException.class).isThrownBy(credentials::resolve)
				.withMessage("The role '" + ROLE + "' could not be assumed for the export of telemetry: "
						+ "The request signature we calculated does not match the signature you provided.")
				.satisfies(
						(ex) -> assertThat(ex.fix()).isEqualTo("Allow the credentials of the application to assume it "
								+ "in the trust policy of the role, or correct 'management.adot.aws.role-arn'."))
				.satisfies((ex) -> assertThat(ex.toString() + ex.fix()).doesNotContain("AKIASTRANGERSTRANGER",
						"secret-of-stranger", "t0ken"));
			assertThat(sts.verdicts()).hasOnlyElementsOfType(Verdict.Refused.class);
		}
	}

	@Test
	void needsARegionToAssumeARole() {
		AwsProperties properties = TestProperties.of("role-arn", ROLE);
		try (AwsCredentials credentials = new AwsCredentials(properties, new AwsRegionResolver(properties, null),
				null)) {
			assertThatExceptionOfType(AwsConfigurationException.class).isThrownBy(credentials::resolve)
				.withMessage("No AWS region was found for the export of telemetry.");
		}
	}

	@Test
	void namesWhatToSetWhenThereAreNoCredentials() {
		try (AwsCredentials credentials = credentials(null)) {
			assertThatExceptionOfType(AwsConfigurationException.class).isThrownBy(credentials::resolve)
				.withMessage("No AWS credentials were found for the export of telemetry "
						+ "(credentials from the default chain).")
				.extracting(AwsConfigurationException::fix)
				.isEqualTo("Give the task, pod or instance a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
						+ "or set 'management.adot.aws.profile'.");
		}
	}

	@Test
	void looksAgainForCredentialsThatWereMissing() {
		try (AwsCredentials credentials = credentials(null)) {
			assertThatExceptionOfType(AwsConfigurationException.class).isThrownBy(credentials::resolve);
			this.system.set("aws.accessKeyId", "AKIALATER").set("aws.secretAccessKey", "s3cret");
			assertThat(credentials.resolve().accessKeyId()).isEqualTo("AKIALATER");
		}
	}

	@Test
	void givesNoCredentialsOnceItIsClosed() {
		AwsCredentials credentials = credentials(new CountingProvider());
		credentials.resolve();
		credentials.close();
		credentials.close();
		assertThatIllegalStateException().isThrownBy(credentials::resolve)
			.withMessage("The application context is closed");
	}

	@Test
	void leavesNoThreadBehindAndTheApplicationsProviderOpenWhenItIsClosed() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		CountingProvider provider = new CountingProvider();
		try (StsEndpoint sts = new StsEndpoint()) {
			AwsCredentials credentials = credentials(provider, "role-arn", ROLE, "sts-endpoint", sts.url());
			credentials.resolve();
			credentials.close();
		}
		assertThat(provider.closed).hasValue(0);
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (!before.contains(thread) && thread.getName().contains("credentials")) {
				thread.join(15_000);
				assertThat(thread.isAlive()).as(thread.getName()).isFalse();
			}
		}
	}

	@Test
	void takesTheWebIdentityOfAPodThroughItsOwnHttpClient() throws IOException {
		Path token = Files.writeString(this.directory.resolve("token"), "web-identity-token");
		this.system.set("aws.webIdentityTokenFile", token).set("aws.roleArn", ROLE).set("aws.roleSessionName", "pod");
		try (StsEndpoint sts = new StsEndpoint();
				AwsCredentials credentials = credentials(null, "sts-endpoint", sts.url())) {
			assertThat(credentials.resolve().accessKeyId()).isEqualTo(StsEndpoint.TEMPORARY.id());
			assertThat(sts.calls()).singleElement()
				.satisfies((call) -> assertThat(call).containsEntry("Action", "AssumeRoleWithWebIdentity")
					.containsEntry("RoleArn", ROLE)
					.containsEntry("RoleSessionName", "pod")
					.containsEntry("WebIdentityToken", "web-identity-token"));
		}
	}

	@Test
	void showsNoSecretInItsText() {
		this.system.set("aws.accessKeyId", "AKIASYSTEMPROPERTY").set("aws.secretAccessKey", "s3cret");
		try (AwsCredentials credentials = credentials(null)) {
			credentials.resolve();
			assertThat(credentials.toString() + credentials.describe()).doesNotContain("s3cret", "AKIASYSTEMPROPERTY");
		}
	}

	private static AwsCredentials credentials(@Nullable AwsCredentialsProvider provider, String... more) {
		String[] all = new String[more.length + 2];
		System.arraycopy(more, 0, all, 0, more.length);
		all[more.length] = "region";
		all[more.length + 1] = "eu-west-1";
		AwsProperties properties = TestProperties.of(all);
		return new AwsCredentials(properties, new AwsRegionResolver(properties, null), provider);
	}

	private static int send(AwsEndpoint endpoint, Map<String, List<String>> headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.url()).POST(BodyPublishers.noBody());
		headers.forEach((name, values) -> {
			if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
				values.forEach((value) -> request.header(name, value));
			}
		});
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.build()
			.send(request.build(), BodyHandlers.discarding())
			.statusCode();
	}

	/**
	 * A provider of the application that notes what is done to it.
	 */
	private static final class CountingProvider implements AwsCredentialsProvider, SdkAutoCloseable {

		private final AtomicInteger calls = new AtomicInteger();

		private final AtomicInteger closed = new AtomicInteger();

		@Override
		public software.amazon.awssdk.auth.credentials.AwsCredentials resolveCredentials() {
			this.calls.incrementAndGet();
			return AwsBasicCredentials.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret());
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

}
