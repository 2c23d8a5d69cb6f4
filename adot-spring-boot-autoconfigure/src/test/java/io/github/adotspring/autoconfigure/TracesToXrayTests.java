package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * An application's traces on their whole way to an endpoint that refuses what AWS
 * refuses.
 */
@ExtendWith(OutputCaptureExtension.class)
class TracesToXrayTests {

	private static final AccessKey KEY = AccessKey.EXAMPLE.withSessionToken("session");

	@Test
	void spansArriveSignedAndAsTheyWereMade() {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(KEY).region("eu-west-1").start();
				ConfigurableApplicationContext context = run(xray, Signed.class,
						"--management.adot.aws.region=eu-west-1")) {
			Instant before = Instant.now();
			makeTrace(context);
			List<ReceivedSpan> spans = xray.awaitSpans(2);
			ReceivedSpan child = spans.get(0);
			ReceivedSpan parent = spans.get(1);
			assertThat(parent.name()).isEqualTo("GET /orders/{id}");
			assertThat(parent.span().getKind())
				.isEqualTo(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER);
			assertThat(parent.span().getParentSpanId().isEmpty()).isTrue();
			assertThat(child.name()).isEqualTo("SELECT orders");
			assertThat(child.span().getKind())
				.isEqualTo(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT);
			assertThat(child.span().getParentSpanId()).isEqualTo(parent.span().getSpanId());
			assertThat(child.span().getTraceId()).isEqualTo(parent.span().getTraceId());
			assertThat(child.attributes()).contains(entry("db.system.name", "h2"));
			assertThat(child.span().getStatus().getMessage()).isEqualTo("no such table");
			assertThat(child.resourceAttributes()).contains(entry("service.name", "orders"),
					entry("telemetry.distro.name", "adot-spring-boot-starter"));
			long seconds = parent.span().getTraceId().asReadOnlyByteBuffer().getInt() & 0xFFFFFFFFL;
			assertThat(Instant.ofEpochSecond(seconds)).isBetween(before.minusSeconds(1), Instant.now());
			ReceivedRequest request = xray.requests().get(0);
			assertThat(request.path()).isEqualTo("/v1/traces");
			assertThat(request.header("content-encoding")).isEqualTo("gzip");
			assertThat(xray.refusals()).isEmpty();
			await(() -> assertThat(status(context).exported()).isEqualTo(2));
		}
	}

	@Test
	void nothingIsSentWithoutCredentials(CapturedOutput output) {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(KEY).region("eu-west-1").start();
				ConfigurableApplicationContext context = run(xray, WithoutCredentials.class,
						"--management.adot.aws.region=eu-west-1")) {
			makeTrace(context);
			await(() -> assertThat(status(context).dropped()).isEqualTo(2));
			makeTrace(context);
			await(() -> assertThat(status(context).dropped()).isEqualTo(4));
			assertThat(xray.requests()).isEmpty();
			assertThat(output.toString().split("No AWS credentials were found", -1)).hasSize(2);
			assertThat(output).contains("management.adot.aws.profile", "AWS_ACCESS_KEY_ID")
				.doesNotContain("Failed to export spans");
		}
	}

	@Test
	void aRefusalIsCountedAndLoggedOnceWithItsReason(CapturedOutput output) {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(KEY).region("us-east-1").start();
				ConfigurableApplicationContext context = run(xray, Signed.class,
						"--management.adot.aws.region=eu-west-1")) {
			makeTrace(context);
			await(() -> assertThat(status(context).rejected()).isEqualTo(2));
			makeTrace(context);
			await(() -> assertThat(status(context).rejected()).isEqualTo(4));
			assertThat(xray.refusals()).hasSize(2);
			assertThat(output.toString().split("Traces can't be delivered", -1)).hasSize(2);
			assertThat(output).contains("HTTP 403: Credential should be scoped to a valid region.")
				.doesNotContain("Failed to export spans")
				.doesNotContain(KEY.secret())
				.doesNotContain(KEY.id())
				.doesNotContain("session,");
		}
	}

	private static ConfigurableApplicationContext run(AwsEndpoint xray, Class<?> configuration, String... arguments) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE)
			.properties("spring.application.name=orders", "spring.main.banner-mode=off",
					"management.adot.export.to=aws", "management.adot.aws.traces-endpoint=" + xray.url("/v1/traces"),
					"otel.bsp.schedule.delay=50ms", "management.otlp.metrics.export.enabled=false",
					"management.adot.logging.export.to=none")
			.run(arguments);
	}

	private static void makeTrace(ConfigurableApplicationContext context) {
		Tracer tracer = context.getBean(OpenTelemetry.class).getTracer("test");
		Span parent = tracer.spanBuilder("GET /orders/{id}").setSpanKind(SpanKind.SERVER).startSpan();
		tracer.spanBuilder("SELECT orders")
			.setParent(Context.current().with(parent))
			.setSpanKind(SpanKind.CLIENT)
			.setAttribute("db.system.name", "h2")
			.startSpan()
			.setStatus(StatusCode.ERROR, "no such table")
			.end();
		parent.end();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
	}

	private static SignalStatus status(ConfigurableApplicationContext context) {
		return context.getBean(DeliveryStatus.class).of(Signal.TRACES);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Signed {

		@Bean
		AwsCredentialsProvider credentialsProvider() {
			return StaticCredentialsProvider
				.create(AwsSessionCredentials.create(KEY.id(), KEY.secret(), String.valueOf(KEY.sessionToken())));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithoutCredentials {

		@Bean
		AwsCredentialsProvider credentialsProvider() {
			return () -> {
				throw SdkClientException.create("none");
			};
		}

	}

}
