package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.time.Instant;

import io.opentelemetry.sdk.trace.IdGenerator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for the ids of new traces.
 */
class TraceIdTests {

	private static final Duration LONGEST_TEST = Duration.ofMinutes(1);

	@Test
	void startsWithTheTimeInSeconds() {
		assertThat(seconds(traceId(Shop.class))).isCloseTo(Instant.now().getEpochSecond(),
				within(LONGEST_TEST.toSeconds()));
	}

	@Test
	void isRandomWhereConfigured() {
		assertThat(seconds(traceId(Shop.class, "management.adot.tracing.id-generator=random")))
			.isNotCloseTo(Instant.now().getEpochSecond(), within(LONGEST_TEST.toSeconds()));
	}

	@Test
	void isMadeByTheGeneratorOfTheApplication() {
		assertThat(traceId(ShopWithIds.class, "management.adot.tracing.id-generator=random"))
			.isEqualTo(ShopWithIds.TRACE_ID);
	}

	private static String traceId(Class<?> source, String... properties) {
		try (TestApplication application = TestApplication.start(source, properties)) {
			application.get("/");
			return application.awaitSpan("GET /").traceId();
		}
	}

	private static long seconds(String traceId) {
		return Long.parseLong(traceId.substring(0, 8), 16);
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping("/")
		String hello() {
			return "";
		}

	}

	static class ShopWithIds extends Shop {

		static final String TRACE_ID = "000000000000000000000000000000ab";

		@Bean
		static IdGenerator idGenerator() {
			return new IdGenerator() {

				@Override
				public String generateSpanId() {
					return IdGenerator.random().generateSpanId();
				}

				@Override
				public String generateTraceId() {
					return TRACE_ID;
				}

			};
		}

	}

}
