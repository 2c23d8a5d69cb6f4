package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.contrib.awsxray.AwsXrayRemoteSampler;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.samplers.Sampler;

/**
 * Gives rules to the sampler of OpenTelemetry contrib, in the only way there is.
 */
final class ContribSampler {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private ContribSampler() {
	}

	/**
	 * Make a sampler that has its rules. Nobody is there any more to give it targets, so
	 * that it goes on by the rules.
	 */
	static Sampler withRules(String rules, Resource service) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/GetSamplingRules", (exchange) -> answer(exchange, rules));
		server.start();
		try {
			AwsXrayRemoteSampler sampler = AwsXrayRemoteSampler.newBuilder(service)
				.setEndpoint("http://localhost:" + server.getAddress().getPort())
				.build();
			awaitRules(sampler);
			return sampler;
		}
		finally {
			server.stop(0);
		}
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(body);
		}
	}

	private static void awaitRules(Sampler sampler) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!sampler.getDescription().contains("XrayRulesSampler")) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("The sampler took no rules: " + sampler.getDescription());
			}
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

}
