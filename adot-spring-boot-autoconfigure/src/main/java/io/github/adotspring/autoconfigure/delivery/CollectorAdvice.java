package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What to do about the refusals of a collector or another OTLP/HTTP receiver.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
final class CollectorAdvice {

	private static final Set<Integer> NO_ANSWER = Set.of(0);

	private static final Set<Integer> REFUSED = Set.of(401, 403);

	private static final int GRPC_PORT = 4317;

	private static final Pattern SIGNAL_PATH = Pattern.compile("/v1/(traces|metrics|logs)$");

	private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

	private static final List<KnownAnswer<URI>> ANSWERS = List.of(
			KnownAnswer.of(REFUSED, "Missing Authentication Token|AWS4-HMAC|security token", CollectorAdvice::sign),
			KnownAnswer.of(REFUSED, "", CollectorAdvice::sendCredentials),
			KnownAnswer.of(Set.of(404, 405), "", CollectorAdvice::correctThePath),
			KnownAnswer.of(Set.of(415), "", CollectorAdvice::sendToAReceiverOfProtobuf),
			KnownAnswer.of(NO_ANSWER, "header parser|status line|EOF|reset|closed", CollectorAdvice::useThePortOfHttp),
			KnownAnswer.of(NO_ANSWER, "ConnectException|Connection refused|UnknownHost|Unresolved|NoRouteToHost",
					CollectorAdvice::startACollector));

	private CollectorAdvice() {
	}

	static @Nullable String of(URI url, int status, String text) {
		return KnownAnswer.advise(ANSWERS, url, status, text);
	}

	private static String sign(URI url, String text) {
		return url.getHost() + " wants a signature of AWS, and only AWS's own hosts are signed for unasked; set "
				+ "'management.adot.export.to' to 'aws' and 'management.adot.aws.traces-endpoint', or that of the signal, "
				+ "to this URL.";
	}

	private static String sendCredentials(URI url, String text) {
		return url.getHost() + " wants other credentials than it got; give them in 'otel.exporter.otlp.headers', such "
				+ "as 'authorization=Bearer TOKEN' or 'api-key=KEY'.";
	}

	private static String correctThePath(URI url, String text) {
		if (!SIGNAL_PATH.matcher(url.getPath()).find()) {
			return "The path '" + url.getPath() + "' is used as it is; give the full URL, which ends in '/v1/traces', "
					+ "'/v1/metrics' or '/v1/logs' at most receivers.";
		}
		return "Nothing takes OTLP at " + url
				+ "; check host and port, which is 4318 at most receivers, and what comes " + "before '/v1/'.";
	}

	private static String sendToAReceiverOfProtobuf(URI url, String text) {
		return "Telemetry is sent as 'application/x-protobuf', which every receiver of OTLP over HTTP takes; check that "
				+ url + " is one.";
	}

	private static @Nullable String useThePortOfHttp(URI url, String text) {
		return (url.getPort() == GRPC_PORT)
				? "Port 4317 speaks gRPC at most receivers; give the one that speaks OTLP over HTTP, which is 4318."
				: null;
	}

	private static String startACollector(URI url, String text) {
		if (LOOPBACK.matcher(url.getHost()).matches()) {
			return "No collector listens on " + url.getAuthority()
					+ "; start one, or set 'management.adot.export.to' to "
					+ "'console' or 'none'. In a container this address is the container itself.";
		}
		return "No collector was found at " + url.getAuthority() + "; check the name, the port and the network, or set "
				+ "'management.adot.export.to' to 'console' or 'none'.";
	}

}
