package io.github.adotspring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what Boot prints with Logback, in its pattern and as JSON.
 */
@ExtendWith(OutputCaptureExtension.class)
class PrintedLogTests {

	private static final String TRACE = "6789abcd0123456789abcdef01234567";

	private static final String XRAY = "1-6789abcd-0123456789abcdef01234567@[0-9a-f]{16}";

	private final SystemProperties properties = new SystemProperties().remove("LOG_CORRELATION_PATTERN")
		.remove("CONSOLE_LOG_STRUCTURED_FORMAT");

	@AfterEach
	void restore() throws Exception {
		this.properties.close();
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		context.reset();
		new ContextInitializer(context).autoConfig();
	}

	@Test
	void lineShowsTheIdOfXrayInASpanAndNoColumnOfBlanksOutside(CapturedOutput output) {
		try (TestApplication application = start("logback-boot.xml")) {
			Till.logger.warn("Good morning");
			application.get("/pay", "traceparent", "00-" + TRACE + "-00000000000000aa-01");
		}
		// Boot's names of the application and its group are system properties, which
		// stay.
		assertThat(line(output, "Order 7 is paid")).matches("\\S+  WARN \\d+ --- (?:\\[\\w+] )*\\[[^]]{15}] " + XRAY
				+ " \\S*PrintedLogTests\\$Till +: Order 7 is paid");
		assertThat(line(output, "Good morning"))
			.matches("\\S+  WARN \\d+ --- (?:\\[\\w+] )*\\[[^]]{15}]  \\S*PrintedLogTests\\$Till +: Good morning");
	}

	@Test
	void lineIsBootsOwnWithoutCorrelation(CapturedOutput output) {
		try (TestApplication application = start("logback-boot.xml",
				"management.adot.logging.correlation.enabled=false", "logging.expect-correlation-id=false")) {
			application.get("/pay", "traceparent", "00-" + TRACE + "-00000000000000aa-01");
		}
		assertThat(line(output, "Order 7 is paid")).contains("] " + "i.g.a.a").doesNotContain("6789abcd");
	}

	@ParameterizedTest
	@CsvSource({ "ecs", "logstash", "gelf" })
	void jsonHasBothForms(String format, CapturedOutput output) {
		try (TestApplication application = start("logback-structured.xml",
				"logging.structured.format.console=" + format)) {
			application.get("/pay", "traceparent", "00-" + TRACE + "-00000000000000aa-01");
		}
		String underscore = format.equals("gelf") ? "_" : "";
		assertThat(line(output, "Order 7 is paid")).contains("\"" + underscore + "trace_id\":\"" + TRACE + "\"")
			.containsPattern("\"" + underscore + "AWS-XRAY-TRACE-ID\":\"" + XRAY + "\"")
			.containsPattern("\"" + underscore + "span_id\":\"[0-9a-f]{16}\"")
			.contains("\"" + underscore + "trace_flags\":\"01\"");
	}

	@Test
	void namesOfEcsAreOneRenameAway(CapturedOutput output) {
		try (TestApplication application = start("logback-structured.xml", "logging.structured.format.console=ecs",
				"logging.structured.json.rename.trace_id=trace.id", "logging.structured.json.rename.span_id=span.id")) {
			application.get("/pay", "traceparent", "00-" + TRACE + "-00000000000000aa-01");
		}
		assertThat(line(output, "Order 7 is paid")).contains("\"trace.id\":\"" + TRACE + "\"")
			.containsPattern("\"span.id\":\"[0-9a-f]{16}\"");
	}

	private static TestApplication start(String configuration, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("logging.config=classpath:" + configuration, "spring.output.ansi.enabled=never"));
		all.addAll(List.of(properties));
		return TestApplication.start(Till.class, all.toArray(String[]::new));
	}

	private static String line(CapturedOutput output, String message) {
		return output.getOut().lines().filter((line) -> line.contains(message)).reduce((first, second) -> {
			throw new AssertionError("Twice: " + first);
		}).orElseThrow(() -> new AssertionError("Nowhere in " + output.getOut()));
	}

	@EnableAutoConfiguration
	@RestController
	static class Till {

		private static final Logger logger = LoggerFactory.getLogger(Till.class);

		@GetMapping("/pay")
		String pay() {
			logger.warn("Order 7 is paid");
			return "Thank you";
		}

	}

}
