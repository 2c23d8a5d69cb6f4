package io.github.adotspring.autoconfigure.testing;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * System properties for one test, put back as they were at its end.
 */
public final class SystemProperties implements AutoCloseable {

	private final Map<String, @Nullable String> before = new HashMap<>();

	/**
	 * The AWS SDK finds no region and no credentials, and asks nobody on the network.
	 */
	public static SystemProperties withoutAws() {
		return new SystemProperties().set("aws.disableEc2Metadata", "true")
			.set("aws.configFile", "/nonexistent/config")
			.set("aws.sharedCredentialsFile", "/nonexistent/credentials")
			.remove("aws.region")
			.remove("aws.profile")
			.remove("aws.webIdentityTokenFile")
			.remove("aws.accessKeyId")
			.remove("aws.secretAccessKey")
			.remove("aws.sessionToken");
	}

	public SystemProperties set(String name, String value) {
		remember(name);
		System.setProperty(name, value);
		return this;
	}

	public SystemProperties set(String name, Path value) {
		return set(name, value.toString());
	}

	public SystemProperties remove(String name) {
		remember(name);
		System.clearProperty(name);
		return this;
	}

	private void remember(String name) {
		if (!this.before.containsKey(name)) {
			this.before.put(name, System.getProperty(name));
		}
	}

	@Override
	public void close() {
		this.before.forEach((name, value) -> {
			if (value != null) {
				System.setProperty(name, value);
			}
			else {
				System.clearProperty(name);
			}
		});
	}

}
