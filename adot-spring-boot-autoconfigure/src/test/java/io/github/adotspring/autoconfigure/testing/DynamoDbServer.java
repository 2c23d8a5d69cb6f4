package io.github.adotspring.autoconfigure.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * DynamoDB as dynalite has it, in a process of its own on the loopback interface. Tests
 * that need it are skipped where Node.js does not find the package.
 */
public final class DynamoDbServer implements AutoCloseable {

	/** Prints the port, once it listens. */
	private static final String SCRIPT = """
			const dynalite = require('dynalite');
			const server = (dynalite.default || dynalite)({ createTableMs: 0 });
			server.listen(0, '127.0.0.1', () => console.log(server.address().port));
			process.stdin.on('end', () => process.exit()).resume();
			""";

	private final Process process;

	private final URI url;

	private DynamoDbServer(Process process, int port) {
		this.process = process;
		this.url = URI.create("http://127.0.0.1:" + port);
	}

	/**
	 * Starts a server that is ready, or skips the test.
	 */
	public static DynamoDbServer start() {
		String packages = firstLine("npm", "root", "--global");
		Process process = (packages != null) ? node(packages) : null;
		String port = (process != null) ? firstLine(process) : null;
		Assumptions.assumeTrue(process != null && port != null,
				"Node.js finds no package 'dynalite'; 'npm install --global dynalite' brings it");
		return new DynamoDbServer(process, Integer.parseInt(port));
	}

	private static @Nullable Process node(String packages) {
		ProcessBuilder builder = new ProcessBuilder("node", "-e", SCRIPT);
		builder.environment().putAll(Map.of("NODE_PATH", packages));
		return start(builder);
	}

	private static @Nullable String firstLine(String... command) {
		Process process = start(new ProcessBuilder(List.of(command)));
		return (process != null) ? firstLine(process) : null;
	}

	private static @Nullable Process start(ProcessBuilder builder) {
		try {
			return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
		}
		catch (IOException ex) {
			// There is no such program.
			return null;
		}
	}

	private static @Nullable String firstLine(Process process) {
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		try {
			return output.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Scheme, host and port.
	 */
	public URI url() {
		return this.url;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
