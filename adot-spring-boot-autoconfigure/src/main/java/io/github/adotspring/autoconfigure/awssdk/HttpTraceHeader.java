package io.github.adotspring.autoconfigure.awssdk;

import io.github.adotspring.autoconfigure.propagation.XrayPropagator;
import io.opentelemetry.context.Context;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The trace header of a request to AWS. Upstream writes it with a propagator that knows
 * nothing of the lineage that came with a request, and that sends the baggage along,
 * which no service of AWS reads.
 */
final class HttpTraceHeader {

	private static final String BAGGAGE = "baggage";

	/**
	 * What upstream made of a request, with our header in the place of its.
	 * @param request as it was before
	 * @param modified as upstream made it
	 * @param context of the call
	 */
	SdkHttpRequest rewritten(SdkHttpRequest request, SdkHttpRequest modified, Context context) {
		if (request == modified || isThere(request, XrayPropagator.HEADER)) {
			return modified;
		}
		String header = XrayPropagator.getInstance().header(context);
		if (header == null) {
			return modified;
		}
		SdkHttpRequest.Builder rewritten = modified.toBuilder().putHeader(XrayPropagator.HEADER, header);
		return (isThere(request, BAGGAGE) ? rewritten : rewritten.removeHeader(BAGGAGE)).build();
	}

	private static boolean isThere(SdkHttpRequest request, String header) {
		return request.firstMatchingHeader(header).isPresent();
	}

}
