package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.testing.CollectedMetrics;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the traces of requests that are not answered on the thread that took them.
 */
final class ExemplarTests {

	@ParameterizedTest
	@ValueSource(strings = { "/deferred", "/callable", "/at-once" })
	void requestToMvcIsMeasuredInItsTrace(String path) {
		assertThatTheExemplarIsOfTheSpan(Mvc.class, path, "servlet");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later", "/at-once", "/failing" })
	void requestToWebFluxIsMeasuredInItsTrace(String path) {
		assertThatTheExemplarIsOfTheSpan(WebFlux.class, path, "reactive");
	}

	private static void assertThatTheExemplarIsOfTheSpan(Class<?> source, String path, String type) {
		try (TestApplication application = TestApplication.start(source, "management.otlp.metrics.export.enabled=true",
				"spring.main.web-application-type=" + type)) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			application.exchange(path);
			ReceivedSpan span = application.awaitSpan("GET " + path);
			Awaitility.await()
				.untilAsserted(() -> assertThat(
						application.bean(MeterRegistry.class).find("http.server.requests").tag("uri", path).timers())
					.hasSize(1));
			application.stop();
			List<Exemplar> exemplars = metrics.exemplars("http.server.requests");
			assertThat(exemplars).extracting((exemplar) -> hex(exemplar.getTraceId())).containsExactly(span.traceId());
			assertThat(exemplars).extracting((exemplar) -> hex(exemplar.getSpanId())).containsExactly(span.spanId());
		}
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	@EnableAutoConfiguration
	@RestController
	static class Mvc {

		@Bean
		CollectedMetrics metrics() {
			return new CollectedMetrics();
		}

		@GetMapping("/at-once")
		String atOnce() {
			return "";
		}

		@GetMapping("/deferred")
		DeferredResult<String> deferred() {
			DeferredResult<String> result = new DeferredResult<>();
			CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(() -> result.setResult(""));
			return result;
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			return () -> "";
		}

	}

	@EnableAutoConfiguration
	@RestController
	static class WebFlux {

		@Bean
		CollectedMetrics metrics() {
			return new CollectedMetrics();
		}

		// Tomcat is on the class path of the tests too, and would be taken first.
		@Bean
		static NettyReactiveWebServerFactory webServerFactory() {
			return new NettyReactiveWebServerFactory();
		}

		@GetMapping("/at-once")
		Mono<String> atOnce() {
			return Mono.just("");
		}

		@GetMapping("/later")
		Mono<String> later() {
			return Mono.delay(Duration.ofMillis(20)).thenReturn("");
		}

		@GetMapping("/failing")
		Mono<String> failing() {
			return Mono.error(new IllegalStateException("out of stock"));
		}

	}

}
