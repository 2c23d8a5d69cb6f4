package io.github.adotspring.autoconfigure.emf;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;

/**
 * Writes documents to a stream, each with its end of line at once, so that no other line
 * gets in between.
 */
final class LineOutput implements Function<Payload, Outcome> {

	private final Supplier<PrintStream> stream;

	/**
	 * Create a new instance.
	 * @param stream asked for each payload, since an application can replace its standard
	 * output
	 */
	LineOutput(Supplier<PrintStream> stream) {
		this.stream = stream;
	}

	@Override
	public Outcome apply(Payload payload) {
		PrintStream stream = this.stream.get();
		byte[] lines = payload.message();
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
