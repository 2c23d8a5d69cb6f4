package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What to do about TLS, schemes and redirects, which are the same at AWS and elsewhere.
 */
final class TransportAdvice {

	private static final Set<Integer> NO_ANSWER = Set.of(0);

	private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);

	private static final List<KnownAnswer<URI>> ANSWERS = List.of(
			KnownAnswer.of(REDIRECT, "", TransportAdvice::useTheTarget),
			KnownAnswer.of(NO_ANSWER, "Unsupported or unrecognized SSL message|plaintext connection",
					TransportAdvice::usePlainHttp),
			KnownAnswer.of(Set.of(400), "HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port",
					TransportAdvice::useHttps),
			KnownAnswer.of(NO_ANSWER, "No (subject alternative|name matching)", TransportAdvice::useTheCertifiedName),
			KnownAnswer.of(NO_ANSWER, "NotAfter|NotBefore|CertificateExpired|CertificateNotYetValid",
					TransportAdvice::checkTheValidity),
			KnownAnswer.of(NO_ANSWER, "bad_certificate|certificate_required|certificate required",
					TransportAdvice::giveAClientCertificate),
			KnownAnswer.of(NO_ANSWER, "PKIX|certification path|trust anchor", TransportAdvice::trustTheAuthority),
			KnownAnswer.of(NO_ANSWER, "SSL\\w*Exception|handshake_failure", TransportAdvice::checkTls));

	private TransportAdvice() {
	}

	static @Nullable String of(URI url, int status, String text) {
		return KnownAnswer.advise(ANSWERS, url, status, text);
	}

	private static String useTheTarget(URI url, String text) {
		return "Redirects are not followed, since a signature and the credentials in headers are for one host; "
				+ "set the endpoint to the URL that " + url + " redirects to.";
	}

	private static String usePlainHttp(URI url, String text) {
		return "Port " + portOf(url) + " of " + url.getHost() + " does not speak TLS; write the endpoint with "
				+ "'http://', or give the port that does.";
	}

	private static String useHttps(URI url, String text) {
		return "Port " + portOf(url) + " of " + url.getHost() + " speaks TLS; write the endpoint with 'https://'.";
	}

	private static String useTheCertifiedName(URI url, String text) {
		return "The certificate of the server is not for the host '" + url.getHost()
				+ "'; write the endpoint with a name that the certificate holds.";
	}

	private static String checkTheValidity(URI url, String text) {
		return "The certificate of " + url.getHost()
				+ " is out of date, or the clock of this machine is; renew the one or set the other.";
	}

	private static String giveAClientCertificate(URI url, String text) {
		return "The server wants a certificate of the client; give one in 'otel.exporter.otlp.client.certificate' and "
				+ "its key in 'otel.exporter.otlp.client.key', both PEM files.";
	}

	private static String trustTheAuthority(URI url, String text) {
		return "The certificate of " + url.getHost() + " is signed by an authority that this JVM does not trust, of "
				+ "your own or of a proxy that opens TLS; give its certificate, a PEM file, in "
				+ "'otel.exporter.otlp.certificate'.";
	}

	private static String checkTls(URI url, String text) {
		return "TLS with " + url.getHost() + " failed; check that the port speaks TLS and that no proxy on the way "
				+ "ends the connection.";
	}

	private static int portOf(URI url) {
		if (url.getPort() >= 0) {
			return url.getPort();
		}
		return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
	}

}
