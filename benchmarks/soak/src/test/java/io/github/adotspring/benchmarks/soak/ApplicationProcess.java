package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application in a JVM of its own.
 */
final class ApplicationProcess {

	private static final Duration START = Duration.ofMinutes(1);

	private static final long END_SECONDS = 60;

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final URI numbers;

	private final Path lastNumbers;

	private ApplicationProcess(Process process, URI numbers, Path lastNumbers) {
		this.process = process;
		this.numbers = numbers;
		this.lastNumbers = lastNumbers;
	}

	/**
	 * Start it and wait until it answers.
	 */
	static ApplicationProcess start(String name, Path directory, int port, List<String> arguments) throws IOException {
		Path lastNumbers = directory.resolve(name + ".properties");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar",
						System.getProperty("soak.jar"), "--server.address=127.0.0.1", "--server.port=" + port,
						"--soak.numbers=" + lastNumbers));
		command.addAll(arguments);
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(directory.resolve(name + ".log").toFile())
			.start();
		ApplicationProcess application = new ApplicationProcess(process,
				URI.create("http://127.0.0.1:" + port + "/numbers"), lastNumbers);
		await().atMost(START).ignoreExceptionsInstanceOf(UncheckedIOException.class).until(application::answers);
		return application;
	}

	private boolean answers() {
		assertThat(this.process.isAlive()).isTrue();
		return numbers().get("ended") >= 0;
	}

	NumbersRead numbers() {
		return read(this.numbers);
	}

	NumbersRead numbersAfterGarbageCollection() {
		return read(URI.create(this.numbers + "?collectGarbage=true"));
	}

	private NumbersRead read(URI uri) {
		try {
			HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
			return NumbersRead.of(this.client.send(request, BodyHandlers.ofString()).body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * End it with SIGKILL.
	 */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * End it with SIGTERM.
	 * @return its last numbers
	 */
	NumbersRead terminate() throws IOException, InterruptedException {
		this.process.destroy();
		assertThat(this.process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
		return NumbersRead.of(Files.readString(this.lastNumbers));
	}

}
