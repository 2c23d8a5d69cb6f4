package com.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class HelloApplicationTests {

	@Value("${local.server.port}")
	private int port;

	@Test
	void aRequestIsAnsweredWithinASpanAndAnAnnotatedMethodWithinAnother() throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + "/hello");
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode hello = JsonMapper.shared().readTree(response.body());
		assertThat(hello.path("observed").asBoolean()).isTrue();
		assertThat(hello.at("/greeting/spanId").asString()).isNotEmpty().isNotEqualTo(hello.path("spanId").asString());
	}

}
