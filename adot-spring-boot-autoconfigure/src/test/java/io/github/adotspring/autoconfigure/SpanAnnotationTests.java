package io.github.adotspring.autoconfigure;

import java.util.concurrent.CompletableFuture;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.annotations.AddingSpanAttributes;
import io.opentelemetry.instrumentation.annotations.SpanAttribute;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for OpenTelemetry's annotations on the methods of beans.
 */
class SpanAnnotationTests {

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
	void methodMakesAnInternalSpanBelowTheCurrentOne() {
		application.get("/plain");
		ReceivedSpan server = application.awaitSpan("GET /plain");
		ReceivedSpan span = application.awaitSpan("Stock.plain");
		assertThat(span.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
		assertThat(span.parentSpanId()).isEqualTo(server.spanId());
		assertThat(span.traceId()).isEqualTo(server.traceId());
		assertThat(span.scope().getName()).isEqualTo("io.opentelemetry.spring-boot-autoconfigure");
		assertThat(span.attributes()).containsEntry("code.namespace", Stock.class.getName())
			.containsEntry("code.function", "plain");
	}

	@Test
	void annotationNamesTheSpanItsKindAndItsAttributes() {
		Stock stock = application.bean(Stock.class);
		stock.reserve("blue", 3);
		ReceivedSpan span = application.awaitSpan("reserve");
		assertThat(span.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_PRODUCER);
		assertThat(span.parentSpanId()).isEmpty();
		assertThat(span.attributes()).containsEntry("shop.colour", "blue").containsEntry("count", 3L);
	}

	@Test
	void attributesAreAddedToTheCurrentSpanWithoutASpanOfTheirOwn() {
		application.get("/added?size=7");
		ReceivedSpan server = application.awaitSpan("GET /added");
		assertThat(server.attributes()).containsEntry("shop.size", 7L).containsEntry("colour", "red");
		assertThat(application.collector().spans()).extracting(ReceivedSpan::name).doesNotContain("Stock.added");
	}

	@Test
	void attributesOfASpanMethodAreNotAddedToTheSpanAround() {
		application.get("/both");
		assertThat(application.awaitSpan("Stock.both").attributes()).containsEntry("colour", "green");
		assertThat(application.awaitSpan("GET /both").attributes()).doesNotContainKey("colour");
	}

	@Test
	void addingAttributesWithoutASpanDoesNothing() {
		assertThat(application.bean(Stock.class).added(1, "blue", "dark")).isEqualTo("1blue");
	}

	@Test
	void exceptionIsAnErrorWithAnEvent() {
		application.exchange("/failing");
		ReceivedSpan span = application.awaitSpan("Stock.failing");
		assertThat(span.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(span.span().getEventsList()).extracting(Event::getName).containsExactly("exception");
	}

	@Test
	void spanOfAFutureEndsWithTheFuture() {
		Stock stock = application.bean(Stock.class);
		CompletableFuture<String> future = new CompletableFuture<>();
		stock.later(future);
		stock.plain();
		application.flush();
		assertThat(application.collector().spans()).extracting(ReceivedSpan::name)
			.contains("Stock.plain")
			.doesNotContain("Stock.later");
		future.complete("done");
		application.awaitSpan("Stock.later");
	}

	@EnableAutoConfiguration
	@Import(Stock.class)
	@RestController
	static class Shop {

		private final Stock stock;

		Shop(Stock stock) {
			this.stock = stock;
		}

		@GetMapping("/plain")
		String plain() {
			this.stock.plain();
			return "";
		}

		@GetMapping("/added")
		String added(@RequestParam int size) {
			return this.stock.added(size, "red", "light");
		}

		@GetMapping("/both")
		String both() {
			this.stock.both("green");
			return "";
		}

		@GetMapping("/failing")
		String failing() {
			this.stock.failing();
			return "";
		}

	}

	static class Stock {

		@WithSpan
		void plain() {
		}

		@WithSpan(value = "reserve", kind = SpanKind.PRODUCER)
		void reserve(@SpanAttribute("shop.colour") String colour, @SpanAttribute int count) {
		}

		@AddingSpanAttributes
		String added(@SpanAttribute("shop.size") int size, @SpanAttribute String colour, String shade) {
			return size + colour;
		}

		@WithSpan
		@AddingSpanAttributes
		void both(@SpanAttribute String colour) {
		}

		@WithSpan
		void failing() {
			throw new IllegalStateException("out of stock");
		}

		@WithSpan
		CompletableFuture<String> later(CompletableFuture<String> future) {
			return future;
		}

	}

}
