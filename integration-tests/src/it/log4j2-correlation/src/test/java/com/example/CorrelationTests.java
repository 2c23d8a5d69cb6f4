package com.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With the configuration that Boot has for Log4j2.
 */
@ExtendWith(OutputCaptureExtension.class)
class CorrelationTests {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AfterEach
	void forgetWhatBootSet() {
		System.clearProperty("LOG_CORRELATION_PATTERN");
		System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
	}

	@Test
	void eachLineShowsTheIdOfItsOwnRequestAndNoneOutside(CapturedOutput output) {
		try (ConfigurableApplicationContext application = run()) {
			TillApplication.logger.info("Good morning");
			List<CompletableFuture<?>> payments = new ArrayList<>();
			for (int order = 1; order <= 50; order++) {
				payments.add(this.client.sendAsync(request(application, order), BodyHandlers.discarding()));
			}
			payments.forEach(CompletableFuture::join);
		}
		for (int order = 1; order <= 50; order++) {
			String id = "1-6789abcd-%024x@[0-9a-f]{16}".formatted(order);
			assertThat(line(output, "Order " + order + " is paid"))
				.matches("\\S+  INFO \\d+ --- \\[[^]]{15}] " + id + " c\\.e\\.TillApplication +: .*");
		}
		assertThat(line(output, "Good morning"))
			.matches("\\S+  INFO \\d+ --- \\[[^]]{15}]  c\\.e\\.TillApplication +: Good morning");
	}

	@Test
	void linesHaveNoIdOfXrayWithoutCorrelation(CapturedOutput output) throws IOException, InterruptedException {
		try (ConfigurableApplicationContext application = run("--management.adot.logging.correlation.enabled=false",
				"--logging.pattern.correlation=<%X> ")) {
			this.client.send(request(application, 1), BodyHandlers.discarding());
		}
		assertThat(line(output, "Order 1 is paid")).contains("customer=7")
			.doesNotContain("AWS-XRAY-TRACE-ID", "1-6789abcd");
	}

	@ParameterizedTest
	@CsvSource({ "ecs,''", "logstash,''", "gelf,_" })
	void jsonHasBothForms(String format, String prefix, CapturedOutput output)
			throws IOException, InterruptedException {
		try (ConfigurableApplicationContext application = run("--logging.structured.format.console=" + format)) {
			this.client.send(request(application, 1), BodyHandlers.discarding());
		}
		assertThat(line(output, "Order 1 is paid"))
			.contains("\"" + prefix + "trace_id\":\"6789abcd000000000000000000000001\"")
			.contains("\"" + prefix + "customer\":\"7\"")
			.containsPattern("\"" + prefix + "span_id\":\"[0-9a-f]{16}\"")
			.containsPattern(
					"\"" + prefix + "AWS-XRAY-TRACE-ID\":\"1-6789abcd-000000000000000000000001@[0-9a-f]{16}\"");
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return SpringApplication.run(TillApplication.class,
				Stream
					.concat(Stream.of("--server.port=0", "--spring.main.banner-mode=off",
							"--spring.output.ansi.enabled=never", "--management.adot.export.to=none"),
							Stream.of(properties))
					.toArray(String[]::new));
	}

	private static HttpRequest request(ConfigurableApplicationContext application, int order) {
		String port = application.getEnvironment().getProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/pay/" + order))
			.header("traceparent", "00-6789abcd%024x-00000000000000aa-01".formatted(order))
			.build();
	}

	private static String line(CapturedOutput output, String text) {
		List<String> lines = output.getOut().lines().filter((line) -> line.contains(text)).toList();
		assertThat(lines).as(output::getOut).hasSize(1);
		return lines.get(0);
	}

}
