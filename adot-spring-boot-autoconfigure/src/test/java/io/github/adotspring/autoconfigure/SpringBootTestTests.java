package io.github.adotspring.autoconfigure;

import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.tracing.test.autoconfigure.AutoConfigureTracing;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications in Spring Boot's own tests, which export nothing unless they are
 * told to.
 */
class SpringBootTestTests {

	private static final AwsEndpoint collector = AwsEndpoint.withoutSignature();

	@DynamicPropertySource
	static void collector(DynamicPropertyRegistry registry) {
		registry.add("management.adot.collector.endpoint", collector::url);
		registry.add("management.adot.export.to", () -> "collector");
	}

	@AfterAll
	static void stop() {
		collector.close();
	}

	private void export(OpenTelemetrySdk sdk, String name) {
		Span span = sdk.getTracer("test").spanBuilder(name).startSpan();
		assertThat(span.isRecording()).isTrue();
		span.end();
		assertThat(sdk.getSdkTracerProvider().forceFlush().join(15, TimeUnit.SECONDS).isSuccess()).isTrue();
	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = "spring.main.banner-mode=off")
	@DirtiesContext
	class WithoutTracing {

		@Test
		void exportsNothing(@Autowired OpenTelemetrySdk sdk) {
			export(sdk, "kept");
			assertThat(collector.spans()).extracting(ReceivedSpan::name).doesNotContain("kept");
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = "spring.main.banner-mode=off")
	@AutoConfigureTracing
	@DirtiesContext
	class WithTracing {

		@Test
		void exports(@Autowired OpenTelemetrySdk sdk) {
			export(sdk, "sent");
			assertThat(collector.spans()).extracting(ReceivedSpan::name).contains("sent");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
