package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the spans of requests to Spring MVC.
 */
class SpringMvcTests {

	private static TestApplication application;

	@BeforeAll
	static void start() {
		application = TestApplication.start(Shop.class);
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
		assertThat(span.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
		assertThat(span.scope().getName()).isEqualTo("io.opentelemetry.spring-webmvc-6.0");
		assertThat(span.attributes()).containsEntry("http.request.method", "GET")
			.containsEntry("http.route", "/orders/{id}")
			.containsEntry("url.path", "/orders/7")
			.containsEntry("url.query", "full=true")
			.containsEntry("url.scheme", "http")
			.containsEntry("http.response.status_code", 200L)
			.containsEntry("server.address", "localhost")
			.containsKey("user_agent.original");
	}

	@Test
	void exceptionIsAnErrorWithAnEvent() {
		assertThat(application.exchange("/failing").statusCode()).isEqualTo(500);
		ReceivedSpan span = application.awaitSpan("GET /failing");
		assertThat(span.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(span.attributes()).containsEntry("http.response.status_code", 500L);
		assertThat(span.span().getEventsList()).extracting(Event::getName).containsExactly("exception");
		assertThat(span.span().getEvents(0).getAttributesList())
			.anySatisfy((attribute) -> assertThat(attribute.getValue().getStringValue()).contains("out of stock"));
	}

	@Test
	void answeredServerErrorIsAnErrorWithoutAnEvent() {
		assertThat(application.exchange("/unavailable").statusCode()).isEqualTo(503);
		ReceivedSpan span = application.awaitSpan("GET /unavailable");
		assertThat(span.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(span.attributes()).containsEntry("http.response.status_code", 503L)
			.containsEntry("error.type", "503");
		assertThat(span.span().getEventsList()).isEmpty();
	}

	@Test
	void clientErrorIsNotAnErrorOfTheServer() {
		assertThat(application.exchange("/gone").statusCode()).isEqualTo(410);
		ReceivedSpan span = application.awaitSpan("GET /gone");
		assertThat(span.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
		assertThat(span.attributes()).containsEntry("http.response.status_code", 410L);
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping("/orders/{id}")
		String order(@PathVariable String id) {
			return id;
		}

		@GetMapping("/failing")
		String failing() {
			throw new IllegalStateException("out of stock");
		}

		@GetMapping("/unavailable")
		ResponseEntity<Void> unavailable() {
			return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
		}

		@GetMapping("/gone")
		ResponseEntity<Void> gone() {
			return ResponseEntity.status(HttpStatus.GONE).build();
		}

	}

}
