package io.github.adotspring.autoconfigure.propagation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no header is too strange, with a seed that a failure names.
 */
class XrayHeaderFuzzTests {

	private static final int INPUTS = 1_000_000;

	private static final String[] PIECES = { "Root", "Parent", "Sampled", "Lineage", "Self", "=", "=", "=", ";", ";",
			";", "1-", "-", "1", "0", "?", ":", " ", "\t", "5759e988", "bd862e3fe1be46a994272793", "53995c3f42cd8ad8",
			"1-5759e988-bd862e3fe1be46a994272793", "255", "32767", "a87bd80c", "\u0000", "\uD83D", "\u00fc", "%3B",
			";Root=1-5759e988-bd862e3fe1be46a994272793;", ";Root=1-5759e988-bd862e3fe1be46a994272793;",
			";Root=1-5759e988-bd862e3fe1be46a994272793;", ";Parent=53995c3f42cd8ad8;", ";Sampled=1;", ";Sampled=?;",
			";Lineage=1:a87bd80c:0;" };

	private final XrayPropagator propagator = XrayPropagator.getInstance();

	private long seed;

	@Test
	void anyTextIsReadWithoutAnExceptionAndWhatIsReadCanBeWrittenAndReadAgain() {
		int traces = 0;
		for (this.seed = 0; this.seed < INPUTS; this.seed++) {
			Context extracted = this.propagator.extract(Context.root(), text(new Random(this.seed)));
			String header = this.propagator.header(extracted);
			if (header != null) {
				traces++;
				assertThat(header.length()).as("seed %d", this.seed).isLessThanOrEqualTo(256);
				String again = this.propagator.header(this.propagator.extract(Context.root(), header));
				if (!header.equals(again)) {
					assertThat(again).as("seed %d", this.seed).isEqualTo(header);
				}
			}
		}
		// A generator that never makes a header that is read would show nothing.
		assertThat(traces).isBetween(INPUTS / 20, INPUTS * 19 / 20);
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int pieces = random.nextInt(16); pieces > 0; pieces--) {
			text.append(PIECES[random.nextInt(PIECES.length)]);
			if (random.nextInt(24) == 0) {
				text.append((char) random.nextInt(Character.MAX_VALUE + 1));
			}
		}
		if (!text.isEmpty() && random.nextInt(8) == 0) {
			text.deleteCharAt(random.nextInt(text.length()));
		}
		return text.toString();
	}

	@Test
	void everySpanSurvivesTheWayThroughAHeaderWhateverTheOrderOfItsPairs() {
		for (this.seed = 0; this.seed < 100_000; this.seed++) {
			Random random = new Random(this.seed);
			SpanContext span = span(random);
			String header = this.propagator.header(Context.root().with(Span.wrap(span)));
			List<String> pairs = new ArrayList<>(List.of(header.split(";")));
			pairs.add("Self=1-67891233-abcdef012345678912345678");
			Collections.shuffle(pairs, random);
			SpanContext read = Span.fromContext(this.propagator.extract(Context.root(), String.join(";", pairs)))
				.getSpanContext();
			assertThat(read.isRemote()).isTrue();
			assertThat(described(read)).as("seed %d", this.seed).isEqualTo(described(span));
		}
	}

	/**
	 * The form that nearly everyone writes is read in a way of its own, which a blank
	 * before it prevents.
	 */
	@Test
	void usualFormIsReadAsAnyOtherWhateverIsWrongWithIt() {
		String usual = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
		int read = 0;
		for (this.seed = 0; this.seed < 300_000; this.seed++) {
			String header = mutated(usual, new Random(this.seed));
			String directly = this.propagator.header(this.propagator.extract(Context.root(), header));
			String pairByPair = this.propagator.header(this.propagator.extract(Context.root(), " " + header));
			if (!Objects.equals(directly, pairByPair)) {
				assertThat(directly).as("seed %d: %s", this.seed, header).isEqualTo(pairByPair);
			}
			read += (directly != null) ? 1 : 0;
		}
		assertThat(read).isBetween(30_000, 270_000);
	}

	private static String mutated(String header, Random random) {
		StringBuilder mutated = new StringBuilder(header);
		String characters = "0123456789abcdefABCDEFgG;=? -\u0130\u00e9\u0000\u007f\u0141";
		for (int changes = random.nextInt(4); changes > 0; changes--) {
			mutated.setCharAt(random.nextInt(mutated.length()), characters.charAt(random.nextInt(characters.length())));
		}
		if (random.nextInt(10) == 0) {
			mutated.replace(48, 64, ";Sampled=0;12345");
		}
		if (random.nextInt(10) == 0) {
			mutated.replace(7, 15, "00000000").replace(16, 40, "000000000000000000000000");
		}
		if (random.nextInt(10) == 0) {
			mutated.replace(48, 64, "0000000000000000");
		}
		return mutated.toString();
	}

	private static List<Object> described(SpanContext span) {
		return List.of(span.getTraceId(), span.getSpanId(), span.getTraceFlags(), span.getTraceState(), span.isValid());
	}

	private static SpanContext span(Random random) {
		return SpanContext.create(TraceId.fromLongs(random.nextLong(), random.nextLong() | 1),
				SpanId.fromLong(random.nextLong() | 1),
				random.nextBoolean() ? TraceFlags.getSampled() : TraceFlags.getDefault(), TraceState.getDefault());
	}

}
