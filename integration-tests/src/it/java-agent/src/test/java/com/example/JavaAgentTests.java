package com.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class JavaAgentTests {

	@Value("${local.server.port}")
	private int port;

	@Autowired
	private ApplicationContext context;

	@Test
	void theStarterStepsAsideAndSaysSoOnce(CapturedOutput output) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + "/hello");
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(output.toString().split("ADOT starter steps aside", -1)).hasSize(2);
		assertThat(output).doesNotContain("ADOT Spring Boot starter exports");
		assertThat(this.context.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("adot"));
		assertThat(this.context.getEnvironment().getProperty("management.otlp.metrics.export.enabled"))
			.isEqualTo("false");
	}

}
