package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * A place where an application could run: its variables, its system properties and its
 * files.
 */
final class Place {

	private final Path root;

	private final Map<String, String> variables = new HashMap<>();

	private final Map<String, String> properties = new HashMap<>();

	Place(Path root) {
		this.root = root;
	}

	Place variable(String name, Object value) {
		this.variables.put(name, value.toString());
		return this;
	}

	Place property(String name, Object value) {
		this.properties.put(name, value.toString());
		return this;
	}

	Place file(String file, String content) {
		try {
			Path path = this.root.resolve(file.substring(1));
			Files.createDirectories(path.getParent());
			Files.writeString(path, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	/**
	 * An instance whose metadata service is at the URL.
	 */
	Place instance(URI metadata) {
		return file("/sys/devices/virtual/dmi/id/sys_vendor", "Amazon EC2\n")
			.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata);
	}

	/**
	 * A pod with the token of its service account.
	 */
	Place pod(String claims) {
		return variable("KUBERNETES_SERVICE_HOST", "172.20.0.1")
			.file("/var/run/secrets/kubernetes.io/serviceaccount/namespace", "shop")
			.file("/var/run/secrets/kubernetes.io/serviceaccount/token", token(claims));
	}

	static String token(String claims) {
		return base64("{\"alg\":\"RS256\",\"kid\":\"1\"}") + "." + base64(claims) + "." + base64("signature");
	}

	private static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	Surroundings surroundings() {
		return new Surroundings(Map.copyOf(this.variables), Map.copyOf(this.properties)::get, this.root);
	}

}
