package io.github.adotspring.autoconfigure.cloudwatch;

import java.util.concurrent.CompletableFuture;

import io.github.adotspring.autoconfigure.aws.AwsCredentials;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * The credentials of the telemetry for a client of the AWS SDK, which does not get to
 * close them.
 */
final class OwnCredentials implements IdentityProvider<AwsCredentialsIdentity> {

	private final AwsCredentials credentials;

	private volatile @Nullable AwsCredentialsIdentity last;

	OwnCredentials(AwsCredentials credentials) {
		this.credentials = credentials;
	}

	@Override
	public Class<AwsCredentialsIdentity> identityType() {
		return AwsCredentialsIdentity.class;
	}

	@Override
	public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
		AwsCredentialsIdentity identity = this.credentials.resolve();
		this.last = identity;
		return CompletableFuture.completedFuture(identity);
	}

	/**
	 * Ask for other credentials, because AWS refused the last ones.
	 * @return whether there are others now
	 */
	boolean renew() {
		AwsCredentialsIdentity refused = this.last;
		return refused != null && this.credentials.renew(refused);
	}

}
