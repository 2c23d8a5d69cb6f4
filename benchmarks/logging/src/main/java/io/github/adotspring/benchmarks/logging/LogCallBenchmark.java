package io.github.adotspring.benchmarks.logging;

import java.util.concurrent.TimeUnit;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What a log call costs in an application, below its level and exported, up to the point
 * where the SDK would put the record into its queue.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogCallBenchmark {

	private static final Logger logger = LoggerFactory.getLogger("com.example.Orders");

	@Param({ "outside", "inside" })
	private String span;

	/** Which of them the class path allows is up to the script. */
	@Param("plain")
	private Variant variant;

	private ConfigurableApplicationContext context;

	private Span current;

	private Scope scope;

	/** Text, so that a call makes no object by itself. */
	private String order = "A-1234";

	@Setup
	public void startApplication() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setLogStartupInfo(false);
		this.context = application.run(this.variant.arguments());
		DiscardingProcessor processor = this.context.getBean(DiscardingProcessor.class);
		long before = processor.records();
		logger.debug("below level");
		logger.info("exported");
		long records = processor.records() - before;
		if (records != ((this.variant != Variant.plain) ? 1 : 0)) {
			throw new IllegalStateException(records + " records were exported");
		}
		this.current = this.context.getBean(OpenTelemetry.class).getTracer("benchmark").spanBuilder("span").startSpan();
	}

	/** On the thread that measures. */
	@Setup(Level.Iteration)
	public void enterSpan() {
		this.scope = this.span.equals("inside") ? this.current.makeCurrent() : Scope.noop();
	}

	@Benchmark
	public void belowLevel() {
		logger.debug("order {} goes {}", this.order, "express");
	}

	@Benchmark
	public void exported() {
		logger.info("order {} goes {}", this.order, "express");
	}

	@TearDown(Level.Iteration)
	public void leaveSpan() {
		this.scope.close();
	}

	@TearDown
	public void stopApplication() {
		this.current.end();
		this.context.close();
	}

}
