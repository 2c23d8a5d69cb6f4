package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the spans of requests to WebFlux and of requests with a {@link WebClient}.
 */
class WebFluxTests {

	private static TestApplication application;

	@BeforeAll
	static void start() {
		application = TestApplication.start(Relay.class, "spring.main.web-application-type=reactive");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void requestMakesAServerSpanWithItsRoute() {
		application.get("/orders/7?full=true");
		ReceivedSpan span = application.awaitSpan("GET /orders/{id}");
		assertThat(span.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
		assertThat(span.parentSpanId()).isEmpty();
		assertThat(span.scope().getName()).isEqualTo("io.opentelemetry.spring-webflux-5.3");
		assertThat(span.attributes()).containsEntry("http.request.method", "GET")
			.containsEntry("http.route", "/orders/{id}")
			.containsEntry("url.path", "/orders/7")
			.containsEntry("url.query", "full=true")
			.containsEntry("http.response.status_code", 200L);
	}

	@Test
	void exceptionIsAnError() {
		assertThat(application.exchange("/failing").statusCode()).isEqualTo(500);
		ReceivedSpan span = application.awaitSpan("GET /failing");
		assertThat(span.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(span.attributes()).containsEntry("http.response.status_code", 500L);
	}

	@Test
	void webClientMakesAClientSpanThatIsTheParentOfTheCalledServer() {
		String sent = application.get("/relay?url=" + application.url("/headers"));
		ReceivedSpan called = application.awaitSpan("GET /headers");
		ReceivedSpan client = application.awaitSpan((span) -> span.spanId().equals(called.parentSpanId()));
		ReceivedSpan caller = application.awaitSpan((span) -> span.spanId().equals(client.parentSpanId()));
		assertThat(caller.name()).isEqualTo("GET /relay");
		assertThat(client.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
		assertThat(client.scope().getName()).isEqualTo("io.opentelemetry.spring-webflux-5.3");
		assertThat(client.attributes()).containsEntry("http.request.method", "GET")
			.containsEntry("url.full", application.url("/headers").toString())
			.containsEntry("http.response.status_code", 200L);
		assertThat(called.traceId()).isEqualTo(client.traceId()).isEqualTo(caller.traceId());
		assertThat(sent).contains(called.traceId() + "-" + client.spanId() + "-01")
			.contains("Parent=" + client.spanId() + ";Sampled=1");
	}

	@EnableAutoConfiguration
	@RestController
	static class Relay {

		private final WebClient client;

		Relay(WebClient.Builder builder) {
			this.client = builder.build();
		}

		// Tomcat is on the class path of the tests too, and would be taken first.
		@Bean
		static NettyReactiveWebServerFactory webServerFactory() {
			return new NettyReactiveWebServerFactory();
		}

		@GetMapping("/orders/{id}")
		Mono<String> order(@PathVariable String id) {
			return Mono.just(id);
		}

		@GetMapping("/failing")
		Mono<String> failing() {
			return Mono.error(new IllegalStateException("out of stock"));
		}

		@GetMapping("/relay")
		Mono<String> relay(@RequestParam String url) {
			return this.client.get().uri(url).retrieve().bodyToMono(String.class);
		}

		@GetMapping("/headers")
		Mono<String> headers(@RequestHeader HttpHeaders headers) {
			return Mono.just(headers.toSingleValueMap().toString());
		}

	}

}
