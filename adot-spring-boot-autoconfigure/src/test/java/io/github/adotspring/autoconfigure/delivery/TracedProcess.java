package io.github.adotspring.autoconfigure.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with the SDK and little else, in this process or in one of its own. It
 * exports an hour after a span has ended, unless it ends before.
 */
public final class TracedProcess implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private TracedProcess(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	static ConfigurableApplicationContext run(URI collector, String... properties) {
		Map<String, String> arguments = new LinkedHashMap<>();
		Stream.concat(Stream.of("management.adot.collector.endpoint=" + collector, "otel.bsp.schedule.delay=3600s",
				"spring.main.banner-mode=off", "logging.level.root=off", "management.adot.logging.export.to=none"),
				Stream.of(properties))
			.forEach((property) -> arguments.put(property.split("=", 2)[0], "--" + property));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(arguments.values().toArray(String[]::new));
	}

	/**
	 * Start the application in a process of its own.
	 */
	static TracedProcess start(URI collector) throws IOException {
		return new TracedProcess(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), TracedProcess.class.getName(),
				collector.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start());
	}

	/**
	 * Have a span end in it.
	 */
	void makeSpan() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
		String line = this.output.readLine();
		while (line != null && !line.equals("ended")) {
			line = this.output.readLine();
		}
		if (line == null) {
			throw new IOException("the process ended before the span did");
		}
	}

	/**
	 * End it as {@code kill -TERM} does, and wait until it has ended.
	 */
	void terminate() throws Exception {
		this.process.destroy();
		if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
			throw new TimeoutException("the process does not end");
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * Run in the process.
	 * @param args the URL of the collector
	 */
	public static void main(String[] args) throws IOException {
		ConfigurableApplicationContext context = run(URI.create(args[0]));
		Tracer tracer = context.getBean(OpenTelemetry.class).getTracer("test");
		while (System.in.read() >= 0) {
			tracer.spanBuilder("last").startSpan().end();
			System.out.println("ended");
		}
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
