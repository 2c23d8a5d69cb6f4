package io.github.adotspring.autoconfigure.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last traces of the application, in memory, bounded in traces and in spans of a
 * trace. Callers hold its monitor while they look at a trace.
 */
final class TraceStore {

	private final ConsoleProperties properties;

	private final Map<String, ConsoleTrace> traces = new LinkedHashMap<>();

	TraceStore(ConsoleProperties properties) {
		this.properties = properties;
	}

	/**
	 * Add spans to their traces.
	 * @return the traces that they belong to
	 */
	synchronized Set<ConsoleTrace> add(List<ConsoleSpan> spans) {
		Set<ConsoleTrace> touched = new LinkedHashSet<>();
		for (ConsoleSpan span : spans) {
			ConsoleTrace trace = this.traces.computeIfAbsent(span.traceId(),
					(id) -> new ConsoleTrace(id, this.properties.maxSpansPerTrace()));
			trace.add(span);
			touched.add(trace);
		}
		var oldest = this.traces.values().iterator();
		while (this.traces.size() > this.properties.maxTraces()) {
			oldest.next();
			oldest.remove();
		}
		return touched;
	}

	/**
	 * The traces kept, the oldest first.
	 */
	synchronized List<ConsoleTrace> traces() {
		return new ArrayList<>(this.traces.values());
	}

}
