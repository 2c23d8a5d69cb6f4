package io.github.adotspring.autoconfigure.tracing;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.contrib.awsxray.AwsXrayIdGenerator;
import io.opentelemetry.sdk.trace.IdGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to make an id.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch" })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IdBenchmark {

	@Param
	private Library library;

	@Benchmark
	public String traceId() {
		return this.library.generator.generateTraceId();
	}

	@Benchmark
	public String spanId() {
		return this.library.generator.generateSpanId();
	}

	/**
	 * Whose generator it is.
	 */
	public enum Library {

		/** OpenTelemetry contrib's. */
		contrib(AwsXrayIdGenerator.getInstance()),

		/** Ours. */
		adot(RandomIdGenerator.xray(Clock.systemUTC()));

		private final IdGenerator generator;

		Library(IdGenerator generator) {
			this.generator = generator;
		}

	}

}
