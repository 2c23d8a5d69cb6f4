package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;
import java.util.function.UnaryOperator;

import io.opentelemetry.context.Context;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What takes the context of a call along in the body of its request. A request that can't
 * be extended is sent as the application made it.
 */
final class SentContext {

	private static final Log logger = LogFactory.getLog(SentContext.class);

	private final List<ContextCarrier> carriers;

	SentContext(List<ContextCarrier> carriers) {
		this.carriers = List.copyOf(carriers);
	}

	/**
	 * Let upstream modify a request, without what it must not see.
	 */
	SdkRequest aroundUpstream(SdkRequest request, UnaryOperator<SdkRequest> upstream) {
		SdkRequest shown = request;
		for (ContextCarrier carrier : this.carriers) {
			shown = carrier.hidden(shown);
		}
		SdkRequest modified = upstream.apply(shown);
		for (ContextCarrier carrier : this.carriers) {
			modified = carrier.restored(request, modified);
		}
		return modified;
	}

	SdkRequest inject(SdkRequest request, Context context) {
		SdkRequest extended = request;
		for (ContextCarrier carrier : this.carriers) {
			try {
				extended = carrier.inject(extended, context);
			}
			catch (RuntimeException ex) {
				logger.debug("A request to AWS is sent without the context of its trace", ex);
			}
		}
		return extended;
	}

}
