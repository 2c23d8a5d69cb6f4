package io.github.adotspring.autoconfigure.awssdk;

import io.opentelemetry.api.trace.Span;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What the ADOT agent says about a call to AWS beside what upstream does: what the call
 * was about, and in whose name it was made.
 */
final class CallAttributes {

	private final SignatureAttributes signature;

	CallAttributes(SignatureAttributes signature) {
		this.signature = signature;
	}

	void ofRequest(Span span, SdkRequest request, ExecutionAttributes execution) {
		Operation operation = Operation.of(execution);
		FieldAttributes.ofRequest(span, request, operation);
		ModelAttributes.ofRequest(span, request, operation);
	}

	void ofAttempt(Span span, SdkHttpRequest request, ExecutionAttributes execution) {
		AttemptAttributes.ofRequest(span, request);
		this.signature.addTo(span, request, execution);
	}

	void ofResponse(Span span, SdkResponse response, ExecutionAttributes execution) {
		Operation operation = Operation.of(execution);
		FieldAttributes.ofResponse(span, response, operation);
		ModelAttributes.ofResponse(span, response, operation);
	}

}
