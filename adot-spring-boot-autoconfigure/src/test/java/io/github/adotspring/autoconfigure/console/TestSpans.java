package io.github.adotspring.autoconfigure.console;

import java.time.Duration;
import java.util.List;

/**
 * Spans with what a console test is about.
 */
final class TestSpans {

	static final String TRACE = "0123456789abcdef0123456789abcdef";

	private static final long START = 1_700_000_000_000_000_000L;

	private TestSpans() {
	}

	static ConsoleSpan span(String id, String parentId, String name, String kind, int startMillis, int millis) {
		return new ConsoleSpan(TRACE, id, parentId, false, "shop", name, kind,
				START + Duration.ofMillis(startMillis).toNanos(), Duration.ofMillis(millis), false, "");
	}

	static ConsoleSpan inTrace(String traceId, ConsoleSpan span) {
		return new ConsoleSpan(traceId, span.spanId(), span.parentId(), span.remoteParent(), span.service(),
				span.name(), span.kind(), span.start(), span.duration(), span.failed(), span.detail());
	}

	static ConsoleSpan failed(ConsoleSpan span, String detail) {
		return new ConsoleSpan(span.traceId(), span.spanId(), span.parentId(), span.remoteParent(), span.service(),
				span.name(), span.kind(), span.start(), span.duration(), true, detail);
	}

	static ConsoleSpan withDetail(ConsoleSpan span, String detail) {
		return new ConsoleSpan(span.traceId(), span.spanId(), span.parentId(), span.remoteParent(), span.service(),
				span.name(), span.kind(), span.start(), span.duration(), span.failed(), detail);
	}

	static ConsoleSpan ofService(String service, ConsoleSpan span) {
		return new ConsoleSpan(span.traceId(), span.spanId(), span.parentId(), span.remoteParent(), service,
				span.name(), span.kind(), span.start(), span.duration(), span.failed(), span.detail());
	}

	static ConsoleTrace trace(int maxSpans, ConsoleSpan... spans) {
		ConsoleTrace trace = new ConsoleTrace(TRACE, maxSpans);
		List.of(spans).forEach(trace::add);
		return trace;
	}

}
