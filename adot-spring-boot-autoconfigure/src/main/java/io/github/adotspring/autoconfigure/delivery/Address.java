package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.HttpUrls;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a destination when it does not take something.
 *
 * @param aws endpoint at AWS, {@code null} if it is elsewhere; asked only once there was
 * a request, which has found it
 * @param url where the last request went, {@code null} if there was none
 */
record Address(@Nullable Supplier<AwsEndpoint> aws, Supplier<@Nullable URI> url) {

	static final Address IN_PROCESS = new Address(null, () -> null);

	/**
	 * The end of "can't be delivered".
	 */
	String where() {
		URI url = this.url.get();
		return (url != null) ? " to " + HttpUrls.withoutSecrets(url.toString()) : "";
	}

	/**
	 * What to do about an outcome, {@code null} if that is not known.
	 */
	@Nullable String advice(Outcome outcome) {
		URI url = this.url.get();
		if (url == null || outcome.failure() == Outcome.Failure.NOT_CONFIGURED) {
			return null;
		}
		return Advice.of(knownAws(), url, outcome.status(), outcome.message());
	}

	/**
	 * The endpoint at AWS that requests went to, {@code null} if there was none.
	 */
	@Nullable AwsEndpoint knownAws() {
		return (this.aws != null && this.url.get() != null) ? this.aws.get() : null;
	}

}
