package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What is local to the process and tells where it runs: environment variables, system
 * properties and files. Reading them asks nobody on the network.
 */
final class Surroundings {

	private static final int MAX_FILE_BYTES = 64 * 1024;

	private final Map<String, String> variables;

	private final Function<String, @Nullable String> properties;

	private final Path root;

	Surroundings(Map<String, String> variables, Function<String, @Nullable String> properties, Path root) {
		this.variables = variables;
		this.properties = properties;
		this.root = root;
	}

	static Surroundings ofThisProcess() {
		return new Surroundings(System.getenv(), System::getProperty, Path.of("/"));
	}

	Path root() {
		return this.root;
	}

	/**
	 * The value of an environment variable, {@code null} if it is not set or blank.
	 */
	@Nullable String variable(String name) {
		return textOf(this.variables.get(name));
	}

	/**
	 * The value of a system property, {@code null} if it is not set or blank.
	 */
	@Nullable String property(String name) {
		return textOf(this.properties.apply(name));
	}

	boolean hasVariableThatStartsWith(String prefix) {
		return this.variables.keySet().stream().anyMatch((name) -> name.startsWith(prefix));
	}

	boolean exists(String file) {
		return Files.exists(path(file));
	}

	/**
	 * The content of a file, {@code null} if it can't be read or is longer than all that
	 * are looked for.
	 * @param file absolute path
	 */
	@Nullable String read(String file) {
		try (InputStream content = Files.newInputStream(path(file))) {
			byte[] bytes = content.readNBytes(MAX_FILE_BYTES + 1);
			return (bytes.length <= MAX_FILE_BYTES) ? textOf(new String(bytes, StandardCharsets.UTF_8)) : null;
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	private Path path(String file) {
		return this.root.resolve(file.startsWith("/") ? file.substring(1) : file);
	}

	private static @Nullable String textOf(@Nullable String value) {
		return (value != null && !value.isBlank()) ? value.strip() : null;
	}

}
