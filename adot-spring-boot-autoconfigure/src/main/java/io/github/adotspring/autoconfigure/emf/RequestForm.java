package io.github.adotspring.autoconfigure.emf;

import java.util.List;

/**
 * How documents stand in the requests of an output, and how much one takes.
 */
interface RequestForm {

	/**
	 * The most bytes of documents in a request, with the overhead of each.
	 */
	long maxBytes();

	/**
	 * What a document counts beside its own bytes.
	 */
	int overhead();

	/**
	 * The longest time from the first document of a request to the last, in milliseconds.
	 */
	long maxSpan();

	/**
	 * Make a request.
	 * @param documents the documents, sorted by time
	 */
	byte[] write(List<EmfDocument> documents);

	/**
	 * The documents of a request.
	 * @throws IllegalArgumentException if the bytes are no such request
	 */
	List<EmfDocument> read(byte[] request);

}
