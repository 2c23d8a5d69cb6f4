package io.github.adotspring.autoconfigure.awssdk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;

/**
 * In whose name and for which region a request was signed, read off the signature itself:
 * {@code Credential=<access key id>/<date>/<region>/<service>/aws4_request}.
 *
 * @param region whether the region is added
 * @param accessKeyId whether the id of the access key is added
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 * a signed request</a>
 */
record SignatureAttributes(boolean region, boolean accessKeyId) {

	private static final Pattern CREDENTIAL = Pattern
		.compile("Credential=([^/,\\s]+)/[0-9]{8}/(?:([a-z0-9-]+)/[^/]+/)?");

	void addTo(Span span, SdkHttpRequest request, ExecutionAttributes execution) {
		if (!this.region && !this.accessKeyId) {
			return;
		}
		String authorization = request.firstMatchingHeader("Authorization").orElse("");
		Matcher credential = CREDENTIAL.matcher(authorization);
		boolean signed = credential.find();
		if (this.accessKeyId && signed) {
			span.setAttribute("aws.auth.account.access_key", credential.group(1));
		}
		if (this.region) {
			addRegion(span, signed ? credential.group(2) : null, execution);
		}
	}

	/**
	 * Native clients sign later, and a signature for several regions does not name one;
	 * theirs is the region of the client.
	 */
	private static void addRegion(Span span, @Nullable String signed, ExecutionAttributes execution) {
		Region region = execution.getAttribute(AwsExecutionAttribute.AWS_REGION);
		if (signed != null) {
			span.setAttribute("aws.auth.region", signed);
		}
		else if (region != null) {
			span.setAttribute("aws.auth.region", region.id());
		}
	}

}
