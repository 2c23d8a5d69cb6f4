package io.github.adotspring.autoconfigure.console;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Waterfall}.
 */
final class WaterfallTests {

	private static final LogSummary NO_LOGS = new LogSummary(0, 0, 0);

	@Test
	void drawsASpanOverTheWholeWidth() {
		assertThat(draw(TestSpans.span("a", "", "GET /", "SERVER", 0, 8))).isEqualTo("""
				Trace 0123456789abcdef0123456789abcdef, 1 span, 8.0 ms
				  GET /  SERVER    shop  |================================|     8.0 ms""");
	}

	@Test
	void drawsChildrenBelowTheirParentInTheOrderOfTheirStart() {
		assertThat(draw(TestSpans.span("c", "a", "SELECT items", "CLIENT", 50, 40),
				TestSpans.span("d", "b", "parse", "INTERNAL", 20, 10),
				TestSpans.span("b", "a", "SELECT orders", "CLIENT", 10, 30),
				TestSpans.span("a", "", "GET /orders", "SERVER", 0, 100)))
			.isEqualTo("""
					Trace 0123456789abcdef0123456789abcdef, 4 spans, 100.0 ms
					  GET /orders      SERVER    shop  |================================|   100.0 ms
					    SELECT orders  CLIENT    shop  |   ==========                   |    30.0 ms
					      parse        INTERNAL  shop  |      ===                       |    10.0 ms
					    SELECT items   CLIENT    shop  |                =============   |    40.0 ms""");
	}

	@Test
	void marksAnErrorWithItsMessage() {
		assertThat(draw(TestSpans.failed(TestSpans.span("a", "", "GET /", "SERVER", 0, 8), "no such table: orders"),
				TestSpans.failed(TestSpans.span("b", "a", "SELECT", "CLIENT", 0, 8), "")))
			.isEqualTo(
					"""
							Trace 0123456789abcdef0123456789abcdef, 2 spans, 8.0 ms
							  GET /     SERVER    shop  |================================|     8.0 ms  ERROR no such table: orders
							    SELECT  CLIENT    shop  |================================|     8.0 ms  ERROR""");
	}

	@Test
	void showsTheDetailOfWhatDidNotFail() {
		ConsoleSpan span = TestSpans.span("a", "", "GET /", "SERVER", 0, 8);
		assertThat(draw(TestSpans.withDetail(span, "200"))).endsWith("|     8.0 ms  200");
	}

	@Test
	void drawsASpanWhoseParentIsNotHereAtTheMargin() {
		assertThat(draw(TestSpans.span("a", "elsewhere", "GET /a", "SERVER", 0, 16),
				TestSpans.span("b", "missing", "orphan", "CLIENT", 8, 8),
				TestSpans.span("c", "b", "child", "INTERNAL", 8, 4)))
			.isEqualTo("""
					Trace 0123456789abcdef0123456789abcdef, 3 spans, 16.0 ms
					  GET /a   SERVER    shop  |================================|    16.0 ms
					  orphan   CLIENT    shop  |                ================|     8.0 ms
					    child  INTERNAL  shop  |                ========        |     4.0 ms""");
	}

	@Test
	void showsEachSpansOwnService() {
		assertThat(draw(TestSpans.span("a", "", "GET /", "SERVER", 0, 8),
				TestSpans.ofService("payment-service", TestSpans.span("b", "a", "POST", "SERVER", 4, 4))))
			.isEqualTo("""
					Trace 0123456789abcdef0123456789abcdef, 2 spans, 8.0 ms
					  GET /   SERVER    shop             |================================|     8.0 ms
					    POST  SERVER    payment-service  |                ================|     4.0 ms""");
	}

	@Test
	void showsASpanOfNoTimeAsShortAsItCan() {
		assertThat(draw(TestSpans.span("a", "", "GET /", "SERVER", 0, 8),
				TestSpans.span("b", "a", "event", "INTERNAL", 8, 0)))
			.isEqualTo("""
					Trace 0123456789abcdef0123456789abcdef, 2 spans, 8.0 ms
					  GET /    SERVER    shop  |================================|     8.0 ms
					    event  INTERNAL  shop  |                               =|     0.0 ms""");
		assertThat(draw(TestSpans.span("a", "", "GET /", "SERVER", 0, 0))).isEqualTo("""
				Trace 0123456789abcdef0123456789abcdef, 1 span, 0.0 ms
				  GET /  SERVER    shop  |=                               |     0.0 ms""");
	}

	@Test
	void survivesASpanThatEndsBeforeItStarts() {
		assertThat(draw(TestSpans.span("a", "", "GET /", "SERVER", 10, 90),
				TestSpans.span("b", "a", "back", "INTERNAL", 50, -20)))
			.isEqualTo("""
					Trace 0123456789abcdef0123456789abcdef, 2 spans, 90.0 ms
					  GET /   SERVER    shop  |================================|    90.0 ms
					    back  INTERNAL  shop  |              =                 |   -20.0 ms""");
	}

	@Test
	void drawsWhatStartsBeforeItsParentFromTheMargin() {
		assertThat(draw(TestSpans.span("a", "", "GET /", "SERVER", 8, 8),
				TestSpans.span("b", "a", "early", "INTERNAL", 0, 8)))
			.isEqualTo("""
					Trace 0123456789abcdef0123456789abcdef, 2 spans, 16.0 ms
					  GET /    SERVER    shop  |                ================|     8.0 ms
					    early  INTERNAL  shop  |================                |     8.0 ms""");
	}

	@Test
	void saysHowManySpansItLeavesOut() {
		ConsoleTrace trace = TestSpans.trace(2, TestSpans.span("a", "", "GET /", "SERVER", 0, 8),
				TestSpans.span("b", "a", "one", "INTERNAL", 0, 8), TestSpans.span("c", "a", "two", "INTERNAL", 0, 8),
				TestSpans.span("d", "a", "three", "INTERNAL", 0, 8));
		assertThat(Waterfall.draw(trace, NO_LOGS)).isEqualToNormalizingNewlines("""

				Trace 0123456789abcdef0123456789abcdef, 4 spans, 8.0 ms
				  GET /  SERVER    shop  |================================|     8.0 ms
				    one  INTERNAL  shop  |================================|     8.0 ms
				  and 2 more""");
	}

	@Test
	void cutsANameThatIsTooLong() {
		String drawing = draw(
				TestSpans.failed(TestSpans.span("a", "", "n".repeat(61), "SERVER", 0, 8), "m".repeat(61)));
		assertThat(drawing).contains("  " + "n".repeat(57) + "...  SERVER").endsWith("ERROR " + "m".repeat(57) + "...");
		assertThat(draw(TestSpans.span("a", "", "n".repeat(60), "SERVER", 0, 8)))
			.contains("  " + "n".repeat(60) + "  SERVER");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\u001b", "\u0000", "\u0085", "\u2028", "\u202e" })
	void letsNoNameForgeALine(String separator) {
		String drawing = draw(TestSpans.failed(TestSpans.span("a", "", "GET" + separator + "/", "SERVER", 0, 8),
				"no" + separator + "table"));
		assertThat(drawing).isEqualTo("""
				Trace 0123456789abcdef0123456789abcdef, 1 span, 8.0 ms
				  GET /  SERVER    shop  |================================|     8.0 ms  ERROR no table""");
	}

	@Test
	void indentsADeepTraceOnlySoFar() {
		ConsoleSpan[] chain = IntStream.range(0, 500)
			.mapToObj((depth) -> TestSpans.span("s" + depth, (depth == 0) ? "" : "s" + (depth - 1), "call", "INTERNAL",
					depth, 1000 - depth))
			.toArray(ConsoleSpan[]::new);
		assertThat(Waterfall.draw(TestSpans.trace(1000, chain), NO_LOGS).lines()).hasSize(502)
			.allSatisfy((line) -> assertThat(line).hasSizeLessThan(160));
	}

	@Test
	void takesNoNameForAFormat() {
		assertThat(draw(TestSpans.span("a", "", "100%s %n %d", "SERVER", 0, 8))).contains("  100%s %n %d  SERVER");
	}

	@Test
	void drawsSpansWithoutNameAndService() {
		assertThat(draw(TestSpans.ofService("", TestSpans.span("a", "", "", "SERVER", 0, 8)))).isEqualTo("""
				Trace 0123456789abcdef0123456789abcdef, 1 span, 8.0 ms
				     SERVER       |================================|     8.0 ms""");
	}

	@Test
	void drawsATraceWhoseSpansAreEachOthersParentsWithoutEnd() {
		assertThat(draw(TestSpans.span("a", "b", "one", "INTERNAL", 0, 8),
				TestSpans.span("b", "a", "two", "INTERNAL", 0, 8)))
			.startsWith("Trace 0123456789abcdef0123456789abcdef, 2 spans");
	}

	private static String draw(ConsoleSpan... spans) {
		String drawing = Waterfall.draw(TestSpans.trace(100, spans), NO_LOGS).replace(System.lineSeparator(), "\n");
		// It begins on a line of its own.
		assertThat(drawing).startsWith("\n");
		return drawing.substring(1);
	}

}
