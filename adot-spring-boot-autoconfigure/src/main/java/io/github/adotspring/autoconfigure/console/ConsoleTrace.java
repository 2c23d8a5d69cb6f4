package io.github.adotspring.autoconfigure.console;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The spans of one trace that have arrived so far. Guarded by its {@link TraceStore}.
 */
final class ConsoleTrace {

	private final String id;

	private final Map<String, ConsoleSpan> spans = new LinkedHashMap<>();

	private final int maxSpans;

	private int omitted;

	private int shown;

	ConsoleTrace(String id, int maxSpans) {
		this.id = id;
		this.maxSpans = maxSpans;
	}

	void add(ConsoleSpan span) {
		if (this.spans.size() < this.maxSpans) {
			this.spans.put(span.spanId(), span);
		}
		else {
			this.omitted++;
		}
	}

	String id() {
		return this.id;
	}

	int size() {
		return this.spans.size();
	}

	int omitted() {
		return this.omitted;
	}

	/**
	 * Whether spans have arrived since the trace was last shown.
	 */
	boolean hasNews() {
		return this.spans.size() + this.omitted > this.shown;
	}

	void shown() {
		this.shown = this.spans.size() + this.omitted;
	}

	/**
	 * Whether the span that began the trace, here or anywhere, has ended: then all that
	 * it waited for has ended too.
	 */
	boolean isFinished() {
		return this.spans.values().stream().anyMatch(ConsoleSpan::isRoot);
	}

	/**
	 * Whether a span that another process began the trace for has ended. Its parent may
	 * be in this process too, and then still arrive.
	 */
	boolean isFinishedHere() {
		return this.spans.values().stream().anyMatch((span) -> span.remoteParent() && !hasParent(span));
	}

	List<ConsoleSpan> roots() {
		return this.spans.values()
			.stream()
			.filter((span) -> !hasParent(span))
			.sorted(Comparator.comparingLong(ConsoleSpan::start))
			.toList();
	}

	Map<String, List<ConsoleSpan>> children() {
		return this.spans.values()
			.stream()
			.filter(this::hasParent)
			.sorted(Comparator.comparingLong(ConsoleSpan::start))
			.collect(Collectors.groupingBy(ConsoleSpan::parentId));
	}

	private boolean hasParent(ConsoleSpan span) {
		return this.spans.containsKey(span.parentId());
	}

}
