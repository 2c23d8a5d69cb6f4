package io.github.adotspring.autoconfigure.console;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TraceStore}.
 */
final class TraceStoreTests {

	private static final ConsoleSpan SPAN = TestSpans.span("a", "", "GET /", "SERVER", 0, 8);

	@Test
	void bringsTheSpansOfATraceTogether() {
		TraceStore store = new TraceStore(
				new ConsoleProperties(10, 10, 1, true, true, 1, DataSize.ofKilobytes(16), null));
		assertThat(store.add(List.of(SPAN, TestSpans.inTrace("other", SPAN)))).extracting(ConsoleTrace::id)
			.containsExactly(TestSpans.TRACE, "other");
		assertThat(store.add(List.of(TestSpans.span("b", "a", "SELECT", "CLIENT", 1, 2)))).extracting(ConsoleTrace::id)
			.containsExactly(TestSpans.TRACE);
		assertThat(store.traces()).extracting(ConsoleTrace::size).containsExactly(2, 1);
	}

	@Test
	void forgetsTheOldestTraceFirst() {
		TraceStore store = new TraceStore(
				new ConsoleProperties(2, 10, 1, true, true, 1, DataSize.ofKilobytes(16), null));
		store.add(List.of(TestSpans.inTrace("1", SPAN)));
		store.add(List.of(TestSpans.inTrace("2", SPAN)));
		store.add(List.of(TestSpans.inTrace("1", TestSpans.span("b", "a", "late", "INTERNAL", 1, 2))));
		store.add(List.of(TestSpans.inTrace("3", SPAN)));
		assertThat(store.traces()).extracting(ConsoleTrace::id).containsExactly("2", "3");
		store.add(List.of(TestSpans.inTrace("4", SPAN), TestSpans.inTrace("5", SPAN), TestSpans.inTrace("6", SPAN)));
		assertThat(store.traces()).extracting(ConsoleTrace::id).containsExactly("5", "6");
	}

	@Test
	void countsSpansThatAreTooMany() {
		TraceStore store = new TraceStore(
				new ConsoleProperties(2, 3, 1, true, true, 1, DataSize.ofKilobytes(16), null));
		for (int i = 0; i < 1_000; i++) {
			store.add(List.of(TestSpans.span("span" + i, "", "GET /", "SERVER", 0, 8)));
		}
		assertThat(store.traces()).singleElement().satisfies((trace) -> {
			assertThat(trace.size()).isEqualTo(3);
			assertThat(trace.omitted()).isEqualTo(997);
		});
	}

	@Test
	void keepsASpanThatComesTwiceOnce() {
		TraceStore store = new TraceStore(
				new ConsoleProperties(2, 3, 1, true, true, 1, DataSize.ofKilobytes(16), null));
		store.add(List.of(SPAN, SPAN));
		assertThat(store.traces()).extracting(ConsoleTrace::size).containsExactly(1);
	}

}
