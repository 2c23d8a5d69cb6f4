package io.github.adotspring.autoconfigure.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.SigV4Verifier;
import io.github.adotspring.autoconfigure.testing.Verdict;

/**
 * An STS on this machine that gives temporary credentials to who signs with the key it
 * knows.
 */
final class StsEndpoint implements AutoCloseable {

	static final AccessKey CALLER = AccessKey.EXAMPLE;

	static final AccessKey TEMPORARY = new AccessKey("ASIATEMPORARYKEY0001", "temporary+secret/of=role",
			"FwoGZXIvYXdzEXAMPLE//token+of/the=role");

	private final HttpServer server;

	private final SigV4Verifier verifier = new SigV4Verifier("sts", "eu-west-1", List.of(CALLER), Clock.systemUTC());

	private final List<Map<String, String>> calls = new CopyOnWriteArrayList<>();

	private final List<Verdict> verdicts = new CopyOnWriteArrayList<>();

	private volatile AccessKey issued = TEMPORARY;

	StsEndpoint() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()).toString();
	}

	/**
	 * Gives other credentials from now on.
	 */
	void issue(AccessKey key) {
		this.issued = key;
	}

	/**
	 * The parameters of each call.
	 */
	List<Map<String, String>> calls() {
		return this.calls;
	}

	List<Verdict> verdicts() {
		return this.verdicts;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			ReceivedRequest request = new ReceivedRequest(exchange.getRequestMethod(),
					exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery(),
					exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
			Map<String, String> call = parameters(new String(request.body(), StandardCharsets.UTF_8));
			this.calls.add(call);
			Verdict verdict = isAnonymous(call) ? new Verdict.Accepted() : this.verifier.verify(request);
			this.verdicts.add(verdict);
			boolean accepted = verdict instanceof Verdict.Accepted;
			byte[] body = (accepted ? credentials(String.valueOf(call.get("Action"))) : refusal(request))
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/xml");
			exchange.sendResponseHeaders(accepted ? 200 : 403, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private static boolean isAnonymous(Map<String, String> call) {
		return "AssumeRoleWithWebIdentity".equals(call.get("Action"));
	}

	private static Map<String, String> parameters(String form) {
		return Arrays.stream(form.split("&"))
			.map((parameter) -> parameter.split("=", 2))
			.collect(Collectors.toMap((parameter) -> parameter[0],
					(parameter) -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
	}

	private String credentials(String action) {
		AccessKey key = this.issued;
		return """
				<%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>
				<AccessKeyId>%2$s</AccessKeyId><SecretAccessKey>%3$s</SecretAccessKey>
				<SessionToken>%4$s</SessionToken><Expiration>%5$s</Expiration>
				</Credentials></%1$sResult></%1$sResponse>""".formatted(action, key.id(), key.secret(),
				key.sessionToken(),
				Clock.systemUTC().instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS));
	}

	/**
	 * Repeats the request, as AWS does.
	 */
	private static String refusal(ReceivedRequest request) {
		return """
				<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>\
				<Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the \
				signature you provided.

				The Canonical String for this request should have been
				'POST
				/
				x-amz-security-token:%s
				'</Message></Error></ErrorResponse>""".formatted(request.header("x-amz-security-token"));
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
