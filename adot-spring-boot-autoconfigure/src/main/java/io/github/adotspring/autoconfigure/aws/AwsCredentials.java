package io.github.adotspring.autoconfigure.aws;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
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

	private final AwsProperties properties;

	private final AwsRegionResolver regions;

	private final @Nullable AwsCredentialsProvider applicationProvider;

	private final Deque<SdkAutoCloseable> owned = new ArrayDeque<>();

	private @Nullable AwsCredentialsProvider provider;

	private boolean closed;

	AwsCredentials(AwsProperties properties, AwsRegionResolver regions,
			@Nullable AwsCredentialsProvider applicationProvider) {
		this.properties = properties;
		this.regions = regions;
		this.applicationProvider = applicationProvider;
	}

	/**
	 * Resolve credentials, by a network call where the provider needs one.
	 * @return the credentials
	 * @throws AwsConfigurationException if there are none
	 */
	public AwsCredentialsIdentity resolve() {
		AwsCredentialsProvider provider = provider();
		try {
			return provider.resolveCredentials();
		}
		catch (RuntimeException ex) {
			throw (this.properties.roleArn() != null) ? roleNotAssumed(this.properties.roleArn(), ex) : notFound(ex);
		}
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
		this.provider = null;
		closeOwned();
	}

	private void closeOwned() {
		while (!this.owned.isEmpty()) {
			this.owned.pop().close();
		}
	}

}
