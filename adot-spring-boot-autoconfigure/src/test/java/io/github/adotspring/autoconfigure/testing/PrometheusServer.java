package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

/**
 * A real Prometheus on loopback, with a data directory of its own, that takes remote
 * write. Tests that need it are skipped where there is no program {@code prometheus}.
 */
public final class PrometheusServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PATIENCE)
		.build();

	private final Path directory;

	private final Process process;

	private final URI url;

	private PrometheusServer(Path program) throws IOException {
		this.directory = Files.createTempDirectory("prometheus");
		this.url = URI.create("http://127.0.0.1:" + freePort());
		Path configuration = Files.writeString(this.directory.resolve("prometheus.yml"), "");
		this.process = new ProcessBuilder(program.toString(), "--config.file=" + configuration,
				"--storage.tsdb.path=" + this.directory.resolve("data"),
				"--web.listen-address=" + this.url.getAuthority(), "--web.enable-remote-write-receiver",
				"--enable-feature=native-histograms")
			.redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
	}

	/**
	 * Starts a server that is ready, or skips the test.
	 */
	public static PrometheusServer start() {
		Path program = program();
		Assumptions.assumeTrue(program != null,
				"There is no program 'prometheus' on the path; 'apt-get install prometheus' brings it");
		try {
			PrometheusServer server = new PrometheusServer(program);
			server.awaitReady();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path program() {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
			.filter((directory) -> !directory.isEmpty())
			.map((directory) -> Path.of(directory, "prometheus"))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
	}

	private void awaitReady() {
		try {
			Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(this::isReady);
		}
		catch (RuntimeException ex) {
			String log = log(log());
			close();
			throw new IllegalStateException("Prometheus did not start: " + log, ex);
		}
	}

	private boolean isReady() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("Prometheus ended with " + this.process.exitValue());
		}
		try {
			return get("/-/ready").statusCode() == 200;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private Path log() {
		return this.directory.resolve("log");
	}

	private static String log(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Scheme, host and port.
	 */
	public URI url() {
		return this.url;
	}

	/**
	 * Where it takes remote write.
	 */
	public URI writeUrl() {
		return this.url.resolve("/api/v1/write");
	}

	/**
	 * The result of an instant query, one sample for each series.
	 * @param promql an expression whose value is a vector
	 * @param time the time of the query
	 */
	public List<Sample> query(String promql, Instant time) {
		HttpResponse<String> response = get("/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8)
				+ "&time=" + time.toEpochMilli() / 1000.0);
		if (response.statusCode() != 200) {
			throw new IllegalStateException(promql + " is answered with " + response.body());
		}
		List<Sample> samples = new ArrayList<>();
		for (JsonNode series : JSON.readTree(response.body()).path("data").path("result")) {
			Map<String, String> labels = new TreeMap<>();
			series.path("metric")
				.properties()
				.forEach((label) -> labels.put(label.getKey(), label.getValue().asString()));
			// A series of native histograms has no single value.
			String value = series.path("value").path(1).asString("NaN");
			samples.add(new Sample(labels, number(value)));
		}
		return samples;
	}

	/**
	 * The result of an instant query of now.
	 * @param promql an expression whose value is a vector
	 */
	public List<Sample> query(String promql) {
		return query(promql, Instant.now());
	}

	private static double number(String value) {
		return switch (value) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(value);
		};
	}

	private HttpResponse<String> get(String path) {
		HttpRequest request = HttpRequest.newBuilder(this.url.resolve(path)).timeout(PATIENCE).build();
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The value of a series.
	 *
	 * @param labels its labels
	 * @param value the value
	 */
	public record Sample(Map<String, String> labels, double value) {

	}

}
