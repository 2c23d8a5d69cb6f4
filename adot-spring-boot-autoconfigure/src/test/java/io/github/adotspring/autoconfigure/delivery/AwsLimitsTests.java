package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the limits of AWS X-Ray on the whole way: no request that breaks one is sent.
 */
@Timeout(60)
final class AwsLimitsTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final SystemProperties system = SystemProperties.withoutAws();

	private final LogLines log = LogLines.listen();

	private final AwsEndpoint xray = AwsEndpoint.start();

	private final Pipeline pipeline = Pipeline.toAws(this.xray,
			() -> AwsBasicCredentials.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret()),
			"management.adot.aws.region=us-east-1");

	@AfterEach
	void close() {
		this.pipeline.close();
		this.xray.close();
		this.log.close();
		this.system.close();
	}

	@Test
	void sendsAPartAfterTheOther() {
		List<SpanData> spans = IntStream.range(0, 100)
			.mapToObj((i) -> span("span " + i, 150_000, Duration.ZERO))
			.toList();
		assertThat(this.pipeline.export(spans)).isTrue();
		assertThat(this.xray.requests()).hasSize(3);
		assertThatRequestsKeepTheLimits();
		assertThat(this.xray.spans()).extracting(ReceivedSpan::name)
			.containsExactlyElementsOf(spans.stream().map(SpanData::getName).toList());
		assertThat(this.pipeline.status().exported()).isEqualTo(100);
		assertThat(this.pipeline.status().received()).isEqualTo(100);
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void dropsWhatAwsWouldNeverTake() {
		assertThat(this.pipeline.export(List.of(span("first", 10, Duration.ZERO), span("big", 210_000, Duration.ZERO),
				span("old", 10, Duration.ofDays(15)), span("new", 10, Duration.ofHours(-3)),
				span("last", 10, Duration.ZERO))))
			.isTrue();
		assertThat(this.xray.spans()).extracting(ReceivedSpan::name).containsExactly("first", "last");
		assertThatRequestsKeepTheLimits();
		SignalStatus status = this.pipeline.status();
		assertThat(status.received()).isEqualTo(5);
		assertThat(status.exported()).isEqualTo(2);
		assertThat(status.byReason(Result.DROPPED)).isEqualTo(Map.of("too_large", 1L, "too_old", 1L, "too_new", 1L));
		assertThat(this.log.lines()).singleElement().asString().startsWith("WARN 1 spans were lost (too_");
	}

	@Test
	void sendsNothingWhereNothingIsLeft() {
		assertThat(this.pipeline.export(List.of(span("old", 10, Duration.ofDays(15))))).isTrue();
		assertThat(this.xray.requests()).isEmpty();
		assertThat(this.pipeline.status().byReason(Result.DROPPED)).isEqualTo(Map.of("too_old", 1L));
	}

	@Test
	void sendsSpansFarAwayInTimeApart() {
		assertThat(this.pipeline.export(List.of(span("1", 10, Duration.ZERO), span("2", 10, Duration.ofDays(3)),
				span("3", 10, Duration.ZERO), span("4", 10, Duration.ofDays(3)))))
			.isTrue();
		assertThat(this.xray.requests()).hasSize(2);
		assertThat(this.xray.spans()).extracting(ReceivedSpan::name).containsExactly("1", "3", "2", "4");
	}

	@Test
	void aPartThatFailsDoesNotKeepTheOthersBack() {
		this.xray.enqueue(Answer.verified(), Answer.status(400));
		List<SpanData> spans = IntStream.range(0, 100)
			.mapToObj((i) -> span("span " + i, 150_000, Duration.ZERO))
			.toList();
		assertThat(this.pipeline.export(spans)).isFalse();
		assertThat(this.xray.requests()).hasSize(3);
		SignalStatus status = this.pipeline.status();
		assertThat(status.exported()).isEqualTo(this.xray.spans().size()).isPositive();
		assertThat(status.exported() + status.rejected()).isEqualTo(100);
	}

	private void assertThatRequestsKeepTheLimits() {
		assertThat(this.xray.refusals()).isEmpty();
		assertThat(this.xray.requests()).allSatisfy((request) -> {
			assertThat(request.content()).hasSizeLessThanOrEqualTo(5 * MEGABYTE);
			assertThat(ReceivedSpan.in(request.traces()))
				.allSatisfy((span) -> assertThat(span.span().getSerializedSize()).isLessThanOrEqualTo(200 * 1024));
		});
	}

	private static SpanData span(String name, int bytes, Duration age) {
		long end = TimeUnit.MILLISECONDS.toNanos(Instant.now().minus(age).toEpochMilli());
		return TestSpanData.builder()
			.setName(name)
			.setKind(SpanKind.SERVER)
			.setStatus(StatusData.unset())
			.setAttributes(Attributes.of(AttributeKey.stringKey("text"), "x".repeat(bytes)))
			.setStartEpochNanos(end - 1_000_000)
			.setEndEpochNanos(end)
			.setHasEnded(true)
			.build();
	}

}
