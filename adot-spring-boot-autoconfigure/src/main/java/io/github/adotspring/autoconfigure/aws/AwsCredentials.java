package io.github.adotspring.autoconfigure.aws;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * As whom telemetry is signed: one provider for the life of the application context, made
 * at its first use because some providers start a thread, refreshed in the background,
 * and closed with the context.
 */
public final class AwsCredentials implements AutoCloseable {

	/**
	 * Credentials are asked for anew at most this often, so that STS and the metadata
	 * service are not called for every batch while AWS refuses whatever they give.
	 */
	private static final long RENEWAL_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

	private final AwsProperties properties;

	private final AwsRegionResolver regions;

	private final @Nullable AwsCredentialsProvider applicationProvider;

	private final LongSupplier nanoTime;

	private final Lock renewal = new ReentrantLock();

	private final Deque<SdkAutoCloseable> owned = new ArrayDeque<>();

	private @Nullable AwsCredentialsProvider provider;

	private volatile @Nullable AwsCredentialsIdentity lastResolved;

	private @Nullable Long renewed;

	private boolean closed;

	AwsCredentials(AwsProperties properties, AwsRegionResolver regions,
			@Nullable AwsCredentialsProvider applicationProvider) {
		this(properties, regions, applicationProvider, System::nanoTime);
	}

	AwsCredentials(AwsProperties properties, AwsRegionResolver regions,
			@Nullable AwsCredentialsProvider applicationProvider, LongSupplier nanoTime) {
		this.properties = properties;
		this.regions = regions;
		this.applicationProvider = applicationProvider;
		this.nanoTime = nanoTime;
	}

	/**
	 * Resolve credentials, by a network call where the provider needs one.
	 * @return the credentials
	 * @throws AwsConfigurationException if there are none
	 */
	public AwsCredentialsIdentity resolve() {
		AwsCredentialsProvider provider = provider();
		try {
			AwsCredentialsIdentity resolved = OwnCalls.make(provider::resolveCredentials);
			this.lastResolved = resolved;
			return resolved;
		}
		catch (RuntimeException ex) {
			if (isDiscarded(provider)) {
				// It was closed while it was asked.
				return resolve();
			}
			throw (this.properties.roleArn() != null) ? roleNotAssumed(this.properties.roleArn(), ex) : notFound(ex);
		}
	}

	/**
	 * Ask the source of the credentials anew, past what is cached, because AWS refused
	 * them; at most once a minute. Of several threads whose credentials were refused one
	 * asks, and the others use what it got. The application's own provider is asked again
	 * and never closed.
	 * @param refused the credentials that AWS refused
	 * @return whether there are other credentials now
	 * @throws AwsConfigurationException if there are none any more
	 */
	public boolean renew(AwsCredentialsIdentity refused) {
		this.renewal.lock();
		try {
			if (!isSame(refused, resolve())) {
				return true;
			}
			if (!isRenewalDue()) {
				return false;
			}
			this.renewed = this.nanoTime.getAsLong();
			forget();
			return !isSame(refused, resolve());
		}
		finally {
			this.renewal.unlock();
		}
	}

	private boolean isRenewalDue() {
		Long last = this.renewed;
		return last == null || this.nanoTime.getAsLong() - last >= RENEWAL_INTERVAL_NANOS;
	}

	/**
	 * Providers may give the same credentials as other objects, with other expiry.
	 */
	private static boolean isSame(AwsCredentialsIdentity one, AwsCredentialsIdentity other) {
		return one.accessKeyId().equals(other.accessKeyId()) && one.secretAccessKey().equals(other.secretAccessKey())
				&& Objects.equals(sessionToken(one), sessionToken(other));
	}

	private static @Nullable String sessionToken(AwsCredentialsIdentity identity) {
		return (identity instanceof AwsSessionCredentialsIdentity session) ? session.sessionToken() : null;
	}

	/**
	 * Close the provider and make a new one when credentials are next resolved, as after
	 * a process was restored from a checkpoint. The application's own provider is not
	 * closed.
	 */
	public synchronized void forget() {
		this.provider = null;
		closeOwned();
	}

	private synchronized boolean isDiscarded(AwsCredentialsProvider provider) {
		return this.provider != provider;
	}

	private AwsConfigurationException notFound(RuntimeException cause) {
		return new AwsConfigurationException(
				"No AWS credentials were found for the export of telemetry (" + describe() + ").",
				"Give the task, pod or instance a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or set '"
						+ AwsProperties.PREFIX + ".profile'.",
				cause);
	}

	private static AwsConfigurationException roleNotAssumed(String roleArn, RuntimeException cause) {
		return new AwsConfigurationException(
				"The role '" + roleArn + "' could not be assumed for the export of telemetry: " + firstLine(cause),
				"Allow the credentials of the application to assume it in the trust policy of the role, or correct '"
						+ AwsProperties.PREFIX + ".role-arn'.",
				cause);
	}

	/**
	 * The reason without what STS can add below: the request that it tried to verify,
	 * security token included.
	 */
	private static String firstLine(RuntimeException cause) {
		return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
	}

	/**
	 * As whom requests are signed, as far as it is known without a network call.
	 * @return the identity, without anything secret
	 */
	public AwsIdentity identity() {
		AwsCredentialsIdentity resolved = this.lastResolved;
		return (resolved != null)
				? new AwsIdentity(describe(), resolved.providerName().map(ProviderNames::inWords).orElse(null),
						resolved.accountId().orElseGet(this::accountOfRole))
				: new AwsIdentity(describe(), null, accountOfRole());
	}

	private @Nullable String accountOfRole() {
		String[] role = (this.properties.roleArn() != null) ? this.properties.roleArn().split(":") : new String[0];
		return (role.length > 4) ? role[4] : null;
	}

	/**
	 * Where credentials come from, never the credentials themselves.
	 * @return a phrase such as "credentials from the default chain"
	 */
	public String describe() {
		String source = "credentials from " + describeSource();
		return (this.properties.roleArn() != null) ? "role " + this.properties.roleArn() + " with " + source : source;
	}

	private String describeSource() {
		if (this.properties.profile() != null) {
			return "the profile '" + this.properties.profile() + "'";
		}
		return (this.applicationProvider != null) ? "the application's AwsCredentialsProvider" : "the default chain";
	}

	private synchronized AwsCredentialsProvider provider() {
		if (this.closed) {
			throw new IllegalStateException("The application context is closed");
		}
		AwsCredentialsProvider provider = this.provider;
		if (provider == null) {
			provider = create();
			this.provider = provider;
		}
		return provider;
	}

	private AwsCredentialsProvider create() {
		try {
			AwsCredentialsProvider source = source();
			return (this.properties.roleArn() != null) ? assumeRole(this.properties.roleArn(), source) : source;
		}
		catch (RuntimeException ex) {
			// The next request tries again, and must not find the halves of this one.
			closeOwned();
			throw ex;
		}
	}

	private AwsCredentialsProvider source() {
		if (this.properties.profile() == null && this.applicationProvider != null) {
			return this.applicationProvider;
		}
		DefaultCredentialsProvider chain = own(DefaultCredentialsProvider.builder()
			.profileName(this.properties.profile())
			.asyncCredentialUpdateEnabled(true)
			.build());
		boolean webIdentity = SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent();
		return (webIdentity && this.properties.profile() == null) ? webIdentity(chain) : chain;
	}

	/**
	 * The default chain with its web identity step taken first hand: the SDK's own step
	 * needs an HTTP client of the SDK on the class path, which the starter does not
	 * bring.
	 */
	private AwsCredentialsProvider webIdentity(DefaultCredentialsProvider chain) {
		StsClient sts = own(stsBuilder().credentialsProvider(AnonymousCredentialsProvider.create()).build());
		return AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create(),
				EnvironmentVariableCredentialsProvider.create(),
				own(StsWebIdentityTokenFileCredentialsProvider.builder()
					.stsClient(sts)
					.asyncCredentialUpdateEnabled(true)
					.build()),
				chain);
	}

	private AwsCredentialsProvider assumeRole(String roleArn, AwsCredentialsProvider source) {
		// A client closes its provider with itself, and this one may be the
		// application's.
		AwsCredentialsProvider notClosed = source::resolveCredentials;
		StsClient sts = own(stsBuilder().credentialsProvider(notClosed).build());
		String session = (this.properties.roleSessionName() != null) ? this.properties.roleSessionName()
				: "adot-spring-boot";
		return own(StsAssumeRoleCredentialsProvider.builder()
			.stsClient(sts)
			.asyncCredentialUpdateEnabled(true)
			.refreshRequest((request) -> request.roleArn(roleArn).roleSessionName(session))
			.build());
	}

	private StsClientBuilder stsBuilder() {
		StsClientBuilder builder = StsClient.builder()
			.addPlugin(new UnobservedClient())
			.httpClient(own(new JdkSdkHttpClient()))
			.region(Region.of(this.regions.resolve().id()));
		if (this.properties.stsEndpoint() != null) {
			builder.endpointOverride(this.properties.stsEndpoint());
		}
		return builder;
	}

	private <T extends SdkAutoCloseable> T own(T closeable) {
		this.owned.push(closeable);
		return closeable;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		forget();
	}

	private void closeOwned() {
		while (!this.owned.isEmpty()) {
			this.owned.pop().close();
		}
	}

}
