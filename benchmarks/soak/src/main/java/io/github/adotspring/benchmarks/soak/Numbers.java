package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Properties;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.SdkTelemetry;
import io.github.adotspring.autoconfigure.delivery.SignalReport;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;

import org.springframework.stereotype.Component;

/**
 * What the application says of its spans and of itself.
 */
@Component
public class Numbers {

	private final EndedSpans spans;

	private final DeliveryReports reports;

	private final SdkTelemetry telemetry;

	Numbers(EndedSpans spans, DeliveryReports reports, SdkTelemetry telemetry) {
		this.spans = spans;
		this.reports = reports;
		this.telemetry = telemetry;
	}

	/**
	 * All of them, as a properties file.
	 */
	String read() {
		// The SDK is asked once a second; all numbers have to be from one answer.
		Properties numbers;
		long queueDrops;
		do {
			queueDrops = this.telemetry.queueDrops(Signal.TRACES);
			numbers = readOnce();
		}
		while (queueDrops != this.telemetry.queueDrops(Signal.TRACES));
		StringWriter text = new StringWriter();
		try {
			numbers.store(text, null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return text.toString();
	}

	private Properties readOnce() {
		Properties numbers = new Properties();
		SignalReport report = this.reports.of(Signal.TRACES);
		SignalStatus status = report.status();
		// An item that goes on meanwhile is missed and not counted twice.
		put(numbers, "exported", status.exported());
		put(numbers, "rejected", status.rejected());
		put(numbers, "failed", status.failed());
		put(numbers, "dropped", status.dropped());
		put(numbers, "spooled", status.spooled());
		put(numbers, "recovered", status.recovered());
		put(numbers, "received", status.received());
		put(numbers, "ended", this.spans.count());
		put(numbers, "first", this.spans.first());
		put(numbers, "queue", report.queueSize());
		put(numbers, "inFlight", report.inFlight());
		put(numbers, "spoolBytes", (report.spool() != null) ? report.spool().bytes() : 0);
		put(numbers, "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		put(numbers, "threads", threads());
		for (Result result : Result.values()) {
			if (result != Result.EXPORTED) {
				status.byReason(result)
					.forEach((reason, items) -> put(numbers, "reason." + result.key() + "." + reason, items));
			}
		}
		return numbers;
	}

	/**
	 * Threads but those that serve requests, which come and go with them.
	 */
	private static long threads() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
			.filter((thread) -> thread != null && !thread.getThreadName().startsWith("http-nio-"))
			.count();
	}

	private static void put(Properties numbers, String name, long value) {
		numbers.setProperty(name, Long.toString(value));
	}

}
