package io.github.adotspring.autoconfigure.delivery;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;

/**
 * Writes lines to a stream, each with its end at once, so that no other line gets in
 * between.
 */
public final class LineOutput implements Function<Payload, Outcome> {

	private final Supplier<PrintStream> stream;

	/**
	 * Create a new instance.
	 * @param stream asked each time, since an application can replace its standard output
	 */
	public LineOutput(Supplier<PrintStream> stream) {
		this.stream = stream;
	}

	@Override
	public Outcome apply(Payload payload) {
		return write(payload.message());
	}

	/**
	 * Write lines.
	 * @param lines the lines, each with its end
	 * @return what became of them
	 */
	public Outcome write(byte[] lines) {
		PrintStream stream = this.stream.get();
		int begin = 0;
		for (int end = 0; end < lines.length; end++) {
			if (lines[end] == '\n') {
				stream.write(lines, begin, end + 1 - begin);
				begin = end + 1;
			}
		}
		return stream.checkError() ? Outcome.failed(Failure.UNREACHABLE, "the standard output is closed")
				: Outcome.delivered(0);
	}

}
