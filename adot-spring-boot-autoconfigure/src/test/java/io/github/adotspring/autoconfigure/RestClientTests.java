package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the spans of requests with a {@link RestClient}, and for the headers that the
 * trace continues with.
 */
class RestClientTests {

	private static TestApplication application;

	@BeforeAll
	static void start() {
		application = TestApplication.start(Relay.class, "spring.http.clients.imperative.factory=jdk");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void requestMakesAClientSpanThatIsTheParentOfTheCalledServer() {
		application.get("/relay?url=" + application.url("/stock"));
		ReceivedSpan called = application.awaitSpan("GET /stock");
		ReceivedSpan client = application.awaitSpan((span) -> span.spanId().equals(called.parentSpanId()));
		ReceivedSpan caller = application.awaitSpan((span) -> span.spanId().equals(client.parentSpanId()));
		assertThat(caller.name()).isEqualTo("GET /relay");
		assertThat(client.name()).isEqualTo("GET");
		assertThat(client.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
		assertThat(client.scope().getName()).isEqualTo("io.opentelemetry.spring-web-3.1");
		assertThat(client.attributes()).containsEntry("http.request.method", "GET")
			.containsEntry("url.full", application.url("/stock").toString())
			.containsEntry("server.address", "localhost")
			.containsEntry("server.port", (long) application.url("/").getPort())
			.containsEntry("http.response.status_code", 200L);
		assertThat(called.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
		assertThat(called.traceId()).isEqualTo(client.traceId()).isEqualTo(caller.traceId());
	}

	@Test
	void sendsTheHeadersOfW3cAndOfXRay() {
		String sent = application.get("/relay?url=" + application.url("/headers"));
		ReceivedSpan called = application.awaitSpan("GET /headers");
		String traceId = called.traceId();
		assertThat(sent).contains("traceparent=00-%s-%s-01".formatted(traceId, called.parentSpanId()))
			.containsIgnoringCase("x-amzn-trace-id=Root=1-%s-%s;Parent=%s;Sampled=1".formatted(traceId.substring(0, 8),
					traceId.substring(8), called.parentSpanId()));
	}

	@Test
	void sendsOnlyThePropagationTypesOfBootWhereTheyAreSet() {
		try (TestApplication w3c = TestApplication.start(Relay.class, "management.tracing.propagation.type=w3c")) {
			assertThat(w3c.get("/relay?url=" + w3c.url("/headers"))).contains("traceparent=")
				.doesNotContainIgnoringCase("x-amzn-trace-id");
		}
	}

	@Test
	void sendsB3WhereBootsPropertiesAskForIt() {
		try (TestApplication b3 = TestApplication.start(Relay.class, "management.tracing.propagation.type=b3")) {
			assertThat(b3.get("/relay?url=" + b3.url("/headers"))).contains("b3=").doesNotContain("traceparent");
		}
	}

	@Test
	void clientErrorIsAnErrorOfTheClient() {
		application.exchange("/relay?url=" + application.url("/gone"));
		ReceivedSpan called = application.awaitSpan("GET /gone");
		ReceivedSpan client = application.awaitSpan((span) -> span.spanId().equals(called.parentSpanId()));
		assertThat(client.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(client.attributes()).containsEntry("http.response.status_code", 410L)
			.containsEntry("error.type", "410");
	}

	@EnableAutoConfiguration
	@RestController
	static class Relay {

		private final RestClient client;

		Relay(RestClient.Builder builder) {
			this.client = builder.build();
		}

		@GetMapping("/relay")
		ResponseEntity<String> relay(@RequestParam String url) {
			return this.client.get()
				.uri(url)
				.exchange((request, response) -> ResponseEntity.status(response.getStatusCode())
					.body(new String(response.getBody().readAllBytes())));
		}

		@GetMapping("/stock")
		String stock() {
			return "12";
		}

		@GetMapping("/headers")
		String headers(@RequestHeader HttpHeaders headers) {
			return headers.toSingleValueMap().toString();
		}

		@GetMapping("/gone")
		ResponseEntity<Void> gone() {
			return ResponseEntity.status(HttpStatus.GONE).build();
		}

	}

}
