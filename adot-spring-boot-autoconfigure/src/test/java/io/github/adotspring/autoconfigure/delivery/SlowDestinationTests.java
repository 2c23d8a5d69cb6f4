package io.github.adotspring.autoconfigure.delivery;

import java.nio.file.Path;
import java.time.Duration;

import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpoolRoute} to a destination that takes connections and does not
 * answer.
 */
final class SlowDestinationTests {

	@TempDir
	Path directory;

	@Test
	void doesNotLetTheSdkWaitAgainForADestinationThatDoesNotAnswer() {
		try (BrokenEndpoint silent = BrokenEndpoint.silent();
				Pipeline pipeline = Pipeline.toCollector("management.adot.collector.endpoint=" + silent.url(),
						"otel.exporter.otlp.traces.endpoint=" + silent.url("/v1/traces"),
						"management.adot.delivery.spool.enabled=true",
						"management.adot.delivery.spool.directory=" + this.directory.resolve("spool"))) {
			assertThat(pipeline.export(1)).isTrue();
			long start = System.nanoTime();
			for (int i = 0; i < 3; i++) {
				assertThat(pipeline.export(1)).isTrue();
			}
			// A second each, if it did.
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
			silent.awaitConnections(4);
			assertThat(pipeline.status().spooled()).isEqualTo(4);
			assertThat(pipeline.status().received()).isEqualTo(4);
		}
	}

}
