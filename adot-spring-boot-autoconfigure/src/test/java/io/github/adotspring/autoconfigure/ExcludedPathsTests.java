package io.github.adotspring.autoconfigure;

import java.util.List;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the requests that make no spans. That there are none is known once the span
 * of a later request arrives alone: spans are exported in the order in which they end.
 */
class ExcludedPathsTests {

	@ParameterizedTest
	@ValueSource(strings = { "parentbased_always_on", "always_on" })
	void healthChecksAndWhatTheyDoMakeNoSpans(String sampler) {
		try (TestApplication application = TestApplication.start(Shop.class, "otel.traces.sampler=" + sampler)) {
			application.get("/health");
			application.get("/actuator/health");
			application.get("/actuator/health/liveness");
			application.get("/actuator");
			application.get("/orders");
			assertThat(application.awaitExactly(3)).extracting(ReceivedSpan::name)
				.satisfiesExactlyInAnyOrder((name) -> assertThat(name).isEqualTo("GET /orders"),
						(name) -> assertThat(name).isEqualTo("Stock.count"),
						(name) -> assertThat(name).startsWith("SELECT"));
		}
	}

	@Test
	void unsampledParentDoesNotMatterForOtherPaths() {
		try (TestApplication application = TestApplication.start(Shop.class, "otel.traces.sampler=always_on")) {
			application.get("/plain", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-53995c3f42cd8ad8-00");
			application.awaitSpan("GET /plain");
		}
	}

	@Test
	void healthChecksBelowTheContextPathMakeNoSpans() {
		try (TestApplication application = TestApplication.start(Shop.class, "server.servlet.context-path=/shop")) {
			application.get("/shop/health");
			application.get("/shop/actuator/health");
			application.get("/shop/plain");
			assertThat(paths(application.awaitExactly(1))).containsExactly("/shop/plain");
		}
	}

	@Test
	void healthChecksBelowThePathOfTheServletMakeNoSpans() {
		try (TestApplication application = TestApplication.start(Shop.class, "server.servlet.context-path=/shop",
				"spring.mvc.servlet.path=/api", "management.endpoints.web.base-path=/manage")) {
			application.get("/shop/api/health");
			application.get("/shop/api/manage/health");
			application.get("/shop/api/plain");
			assertThat(paths(application.awaitExactly(1))).containsExactly("/shop/api/plain");
		}
	}

	@Test
	void healthChecksOfWebFluxMakeNoSpans() {
		try (TestApplication application = TestApplication.start(ReactiveShop.class,
				"spring.main.web-application-type=reactive", "spring.webflux.base-path=/shop")) {
			application.get("/shop/health");
			application.get("/shop/actuator/health");
			application.get("/shop/plain");
			assertThat(paths(application.awaitExactly(1))).containsExactly("/shop/plain");
		}
	}

	@Test
	void configuredPathsReplaceTheDefaults() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.adot.tracing.excluded-paths=/plain,/internal/**")) {
			application.get("/plain");
			application.get("/internal/deep/page");
			application.get("/actuator");
			assertThat(paths(application.awaitExactly(1))).containsExactly("/actuator");
		}
	}

	@Test
	void emptyListExcludesNothing() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.adot.tracing.excluded-paths=")) {
			application.get("/actuator");
			application.get("/healthz");
			assertThat(paths(application.awaitExactly(2))).containsExactly("/actuator", "/healthz");
		}
	}

	private static List<Object> paths(List<ReceivedSpan> spans) {
		return spans.stream().map((span) -> span.attributes().get("url.path")).toList();
	}

	@EnableAutoConfiguration
	@Import(Stock.class)
	@RestController
	static class Shop {

		private final Stock stock;

		Shop(Stock stock) {
			this.stock = stock;
		}

		@GetMapping({ "/health", "/orders" })
		String count() {
			return this.stock.count();
		}

		@GetMapping({ "/plain", "/healthz", "/internal/deep/page" })
		String plain() {
			return "";
		}

	}

	static class Stock {

		private final JdbcTemplate jdbc;

		Stock(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@WithSpan
		String count() {
			return String.valueOf(this.jdbc.queryForObject("select 12", String.class));
		}

	}

	static class ReactiveShop extends Shop {

		ReactiveShop(Stock stock) {
			super(stock);
		}

		// Tomcat is on the class path of the tests too, and would be taken first.
		@Bean
		static NettyReactiveWebServerFactory webServerFactory() {
			return new NettyReactiveWebServerFactory();
		}

	}

}
