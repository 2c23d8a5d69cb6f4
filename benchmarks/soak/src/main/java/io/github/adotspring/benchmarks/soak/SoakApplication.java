package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The application. It writes its numbers once more when its context is closed, with what
 * was delivered until then.
 */
@SpringBootApplication
public class SoakApplication {

	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(SoakApplication.class, args);
		Numbers numbers = context.getBean(Numbers.class);
		Path file = Path.of(context.getEnvironment().getRequiredProperty("soak.numbers"));
		SpringApplication.getShutdownHandlers().add(() -> write(numbers, file));
	}

	private static void write(Numbers numbers, Path file) {
		try {
			Files.writeString(file, numbers.read());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Bean
	static EndedSpans endedSpans(Environment environment) throws IOException {
		return new EndedSpans(Path.of(environment.getRequiredProperty("soak.spans")),
				environment.getRequiredProperty("soak.epoch", Long.class));
	}

	@Bean
	static AutoConfigurationCustomizerProvider numbering(EndedSpans spans) {
		return (customizer) -> customizer
			.addSpanProcessorCustomizer((processor, config) -> new NumberingSpanProcessor(processor, spans));
	}

}
