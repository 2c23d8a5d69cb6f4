package io.github.adotspring.autoconfigure.emf;

import java.util.Objects;
import java.util.UUID;

import io.github.adotspring.autoconfigure.datum.ApplicationName;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The names that metrics and logs have where the user gives none.
 *
 * @param namespace the namespace of the metrics
 * @param logGroup the log group
 * @param logStream the log stream, of this process alone
 */
record EmfNames(String namespace, String logGroup, String logStream) {

	static EmfNames of(EmfProperties properties, Environment environment) {
		String application = ApplicationName.of(environment);
		return new EmfNames(Objects.requireNonNullElse(properties.namespace(), application),
				Objects.requireNonNullElse(properties.logGroup(), "/metrics/" + application),
				Objects.requireNonNullElseGet(properties.logStream(), () -> instance(environment)));
	}

	private static String instance(Environment environment) {
		String host = first(environment, "HOSTNAME", "COMPUTERNAME");
		return (host != null) ? ApplicationName.clean(host) + "-" + ProcessHandle.current().pid()
				: "instance-" + UUID.randomUUID().toString().substring(0, 8);
	}

	private static @Nullable String first(Environment environment, String... keys) {
		for (String key : keys) {
			String value = environment.getProperty(key);
			if (value != null && !value.isBlank()) {
				return value;
			}
		}
		return null;
	}

}
