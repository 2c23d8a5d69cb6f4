package io.github.adotspring.autoconfigure.emf;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Documents as lines of text.
 */
final class LinesForm implements RequestForm {

	/** Of no meaning to who reads the lines; for the memory of this process. */
	private static final long MAX_BYTES = 1 << 20;

	@Override
	public long maxBytes() {
		return MAX_BYTES;
	}

	@Override
	public int overhead() {
		return 1;
	}

	@Override
	public long maxSpan() {
		return Long.MAX_VALUE;
	}

	@Override
	public byte[] write(List<EmfDocument> documents) {
		StringBuilder lines = new StringBuilder();
		documents.forEach((document) -> lines.append(document.json()).append('\n'));
		return lines.toString().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public List<EmfDocument> read(byte[] request) {
		return new String(request, StandardCharsets.UTF_8).lines().map(EmfDocument::read).toList();
	}

}
