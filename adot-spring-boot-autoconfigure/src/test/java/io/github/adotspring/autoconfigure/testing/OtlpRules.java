package io.github.adotspring.autoconfigure.testing;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What an OTLP endpoint demands of a request: that of AWS a signature, a collector none.
 */
final class OtlpRules {

	private static final Map<String, String> SERVICES = Map.of("/v1/traces", "xray", "/v1/metrics", "monitoring",
			"/v1/logs", "logs");

	private static final Map<String, Function<ReceivedRequest, ?>> DECODERS = Map.of("/v1/traces",
			ReceivedRequest::traces, "/v1/metrics", ReceivedRequest::metrics, "/v1/logs", ReceivedRequest::logs);

	private static final Verdict ACCEPTED = new Verdict.Accepted();

	private final Map<String, Function<ReceivedRequest, Verdict>> authentication;

	private OtlpRules(Map<String, Function<ReceivedRequest, Verdict>> authentication) {
		this.authentication = authentication;
	}

	static OtlpRules signed(String region, Collection<AccessKey> keys, Clock clock) {
		Map<String, Function<ReceivedRequest, Verdict>> authentication = new HashMap<>();
		SERVICES.forEach(
				(path, service) -> authentication.put(path, new SigV4Verifier(service, region, keys, clock)::verify));
		authentication.computeIfPresent("/v1/logs", (path, signature) -> (request) -> {
			Verdict verdict = signature.apply(request);
			return (verdict instanceof Verdict.Accepted) ? logStream(request) : verdict;
		});
		return new OtlpRules(authentication);
	}

	static OtlpRules unsigned() {
		Map<String, Function<ReceivedRequest, Verdict>> authentication = new HashMap<>();
		SERVICES.keySet().forEach((path) -> authentication.put(path, OtlpRules::unsigned));
		return new OtlpRules(authentication);
	}

	Verdict judge(ReceivedRequest request) {
		Function<ReceivedRequest, Verdict> authenticator = this.authentication.get(request.path());
		if (authenticator == null) {
			return new Verdict.Refused(404, "UnknownOperationException", "No such path: " + request.path());
		}
		if (!request.method().equals("POST")) {
			return new Verdict.Refused(405, "MethodNotAllowed", "Only POST is allowed");
		}
		Verdict verdict = authenticator.apply(request);
		return (verdict instanceof Verdict.Accepted) ? content(request) : verdict;
	}

	/**
	 * A collector would take a signed request as well, but whoever sends one hands its
	 * credentials' signature, maybe its session token, to somebody who has no business
	 * with them.
	 */
	private static Verdict unsigned(ReceivedRequest request) {
		List<String> credentials = request.headers()
			.keySet()
			.stream()
			.filter((name) -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-"))
			.toList();
		String authorization = request.header("Authorization");
		if (!credentials.isEmpty() || (authorization != null && authorization.startsWith("AWS4"))) {
			return new Verdict.Refused(400, "UnexpectedSignature",
					"A request to a collector must not be signed for AWS, headers were " + request.headers().keySet());
		}
		return ACCEPTED;
	}

	private static Verdict logStream(ReceivedRequest request) {
		for (String name : List.of("x-aws-log-group", "x-aws-log-stream")) {
			if (request.header(name) == null) {
				return new Verdict.Refused(400, "InvalidParameterException", "Missing required header " + name);
			}
		}
		return ACCEPTED;
	}

	private static Verdict content(ReceivedRequest request) {
		String contentType = request.header("Content-Type");
		if (contentType == null || !contentType.split(";")[0].strip().equals("application/x-protobuf")) {
			return new Verdict.Refused(415, "UnsupportedMediaType", "Content-Type was " + contentType);
		}
		try {
			DECODERS.get(request.path()).apply(request);
			return ACCEPTED;
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			return new Verdict.Refused(400, "InvalidRequestException", String.valueOf(ex.getMessage()));
		}
	}

}
