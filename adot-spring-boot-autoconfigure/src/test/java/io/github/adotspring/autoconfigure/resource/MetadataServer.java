package io.github.adotspring.autoconfigure.resource;

import java.util.Map;

import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;

/**
 * Metadata services on this machine.
 */
final class MetadataServer {

	static final String TOKEN = "AQAEAHtoken==";

	private static final String TOKEN_PATH = "/latest/api/token";

	private MetadataServer() {
	}

	/**
	 * Answers with these bodies by path, and with 404 on all others.
	 */
	static ScriptedEndpoint start(Map<String, String> bodies) {
		return ScriptedEndpoint.start(Script.each((request) -> answer(bodies, request)));
	}

	/**
	 * An instance metadata service that speaks version 2 only.
	 */
	static ScriptedEndpoint ec2() {
		return ec2(Map.of("/latest/dynamic/instance-identity/document", MetadataBodies.IDENTITY_DOCUMENT,
				"/latest/meta-data/hostname", MetadataBodies.HOST_NAME));
	}

	static ScriptedEndpoint ec2(Map<String, String> bodies) {
		return ScriptedEndpoint.start(Script.each((request) -> {
			if (request.path().equals(TOKEN_PATH)) {
				boolean asked = request.method().equals("PUT")
						&& "60".equals(request.header("X-aws-ec2-metadata-token-ttl-seconds"));
				return asked ? Script.text(200, TOKEN) : Script.text(400, "");
			}
			return TOKEN.equals(request.header("X-aws-ec2-metadata-token")) ? answer(bodies, request)
					: Script.text(401, "Unauthorized");
		}));
	}

	static ScriptedEndpoint ecs(String container, String task) {
		return start(Map.of("/v4/id", container, "/v4/id/task", task, "/v3/id", container, "/v3/id/task", task));
	}

	private static String answer(Map<String, String> bodies, ReceivedRequest request) {
		String body = bodies.get(request.path());
		return (body != null && request.method().equals("GET")) ? Script.text(200, body) : Script.text(404, "");
	}

}
