package io.github.adotspring.autoconfigure.emf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;

/**
 * Makes the requests of an output out of OTLP messages. Documents are sorted by time.
 * Safe to be used by many threads at once.
 */
final class EmfSplitter implements MessageSplitter {

	private final EmfTranslator translator;

	private final RequestForm form;

	EmfSplitter(EmfTranslator translator, RequestForm form) {
		this.translator = translator;
		this.form = form;
	}

	@Override
	public Split split(byte[] message) {
		EmfTranslation translation = this.translator.translate(message);
		List<EmfDocument> documents = new ArrayList<>(translation.documents());
		documents.sort(Comparator.comparingLong(EmfDocument::timestamp));
		List<Part> parts = new ArrayList<>();
		int begin = 0;
		while (begin < documents.size()) {
			int end = end(documents, begin);
			parts.add(part(documents.subList(begin, end)));
			begin = end;
		}
		return new Split(parts, translation.dropped(), List.of());
	}

	/**
	 * Where a request ends that begins with a document.
	 */
	private int end(List<EmfDocument> documents, int begin) {
		long bytes = 0;
		int end = begin;
		while (end < documents.size()) {
			EmfDocument next = documents.get(end);
			bytes += size(next);
			boolean fits = bytes <= this.form.maxBytes()
					&& next.timestamp() - documents.get(begin).timestamp() <= this.form.maxSpan();
			if (!fits && end > begin) {
				return end;
			}
			end++;
		}
		return end;
	}

	private long size(EmfDocument document) {
		return document.bytes() + (long) this.form.overhead();
	}

	/**
	 * Cut a request into two of about the same number of bytes, a single document into
	 * two of about the same number of metrics.
	 */
	@Override
	public Split halve(byte[] request) {
		List<EmfDocument> documents = read(request);
		if (documents.size() == 1) {
			EmfDocument refused = documents.get(0);
			List<EmfDocument> halves = refused.halve();
			return (halves.size() > 1)
					? new Split(halves.stream().map((half) -> part(List.of(half))).toList(), List.of(), List.of())
					: new Split(List.of(), List.of(tooLarge(refused)), List.of());
		}
		if (documents.isEmpty()) {
			return new Split(List.of(), List.of(), List.of());
		}
		int middle = middle(documents);
		return new Split(List.of(part(documents.subList(0, middle)), part(documents.subList(middle, documents.size()))),
				List.of(), List.of());
	}

	private List<EmfDocument> read(byte[] request) {
		try {
			return this.form.read(request);
		}
		catch (IllegalArgumentException ex) {
			throw new UncheckedIOException(new IOException("Not a request with EMF documents", ex));
		}
	}

	private int middle(List<EmfDocument> documents) {
		long half = documents.stream().mapToLong(this::size).sum() / 2;
		int middle = 0;
		long bytes = 0;
		while (middle < documents.size() - 1 && bytes + size(documents.get(middle)) / 2 < half) {
			bytes += size(documents.get(middle++));
		}
		return Math.max(middle, 1);
	}

	private Part part(List<EmfDocument> documents) {
		return new Part(this.form.write(documents), documents.stream().mapToInt(EmfDocument::points).sum());
	}

	private static Dropped tooLarge(EmfDocument document) {
		return new Dropped(Reason.TOO_LARGE, document.points(),
				"data point of metric %s: refused as too large alone, in %d bytes".formatted(document.names(),
						document.bytes()));
	}

}
