package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogsSplitter} and {@link LargeLogRegions}.
 */
final class LogsSplitterTests {

	private static final int MEGABYTE = 1024 * 1024;

	@Test
	void asksForTheRegionOnlyForWhatNotEveryRegionTakes() {
		AtomicInteger asked = new AtomicInteger();
		LogsSplitter splitter = new LogsSplitter(() -> asked.incrementAndGet() > 0, Clock.systemUTC());
		splitter.split(message(MEGABYTE - 100));
		assertThat(asked).hasValue(0);
		byte[] large = message(2 * MEGABYTE);
		assertThat(splitter.split(large).parts().get(0).message()).isSameAs(large);
		assertThat(asked).hasValue(1);
	}

	@ParameterizedTest
	@CsvSource({ "us-east-1, true", "us-east-2, true", "us-west-2, true", "eu-central-1, true", "eu-west-1, true",
			"ap-southeast-1, true", "ap-southeast-2, true", "ap-south-1, true", "ap-northeast-1, true",
			"us-west-1, false", "eu-north-1, false", "eu-west-2, false", "cn-north-1, false" })
	void largeRecordsAreCutWhereTheRegionDoesNotTakeThem(String region, boolean takesLarge) {
		AwsEndpoint endpoint = new AwsEndpoint(AwsService.LOGS, URI.create("https://logs.example"), region, "test");
		LogsSplitter splitter = new LogsSplitter(() -> LargeLogRegions.include(() -> endpoint), Clock.systemUTC());
		assertThat(splitter.split(message(2 * MEGABYTE)).shortened()).isEqualTo(takesLarge ? 0 : 1);
	}

	@Test
	void largeRecordsAreCutWhileThereIsNoRegion() {
		LogsSplitter splitter = new LogsSplitter(() -> LargeLogRegions.include(() -> {
			throw AwsFixtures.missing("no region", "set one");
		}), Clock.systemUTC());
		assertThat(splitter.split(message(2 * MEGABYTE)).shortened()).isEqualTo(1);
	}

	private static byte[] message(int bytes) {
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder()
				.addScopeLogs(ScopeLogs.newBuilder()
					.addLogRecords(LogRecord.newBuilder()
						.setBody(AnyValue.newBuilder().setStringValue("x".repeat(bytes - 20))))))
			.build()
			.toByteArray();
	}

}
