package io.github.adotspring.autoconfigure.testing;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SortedSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A received request in the one form that both sides of Signature Version 4 hash.
 */
final class CanonicalRequest {

	private CanonicalRequest() {
	}

	static String of(ReceivedRequest request, SortedSet<String> signedHeaders) {
		return String.join("\n", request.method(), path(request.path()), query(request.query()),
				headers(request, signedHeaders), String.join(";", signedHeaders), Hashes.sha256Hex(request.body()));
	}

	/**
	 * Every service but S3 resolves dots and empty segments, and encodes what arrived
	 * encoded once more.
	 */
	private static String path(String path) {
		Deque<String> segments = new ArrayDeque<>();
		for (String segment : path.split("/")) {
			switch (segment) {
				case "", "." -> {
				}
				case ".." -> segments.pollLast();
				default -> segments.addLast(UriEncoding.encode(segment));
			}
		}
		String end = (path.endsWith("/") && !segments.isEmpty()) ? "/" : "";
		return "/" + String.join("/", segments) + end;
	}

	private static String query(@Nullable String query) {
		if (query == null || query.isEmpty()) {
			return "";
		}
		// The order is that of the encoded names, and of the encoded values among equal
		// names.
		return Arrays.stream(query.split("&"))
			.filter((parameter) -> !parameter.isEmpty())
			.map(QueryParameter::parse)
			.sorted()
			.map(QueryParameter::toString)
			.collect(Collectors.joining("&"));
	}

	private static String headers(ReceivedRequest request, SortedSet<String> signedHeaders) {
		// Each line ends with a newline of its own, so an empty line follows the last.
		return signedHeaders.stream()
			.map((name) -> name + ":"
					+ request.headerValues(name)
						.stream()
						.map((value) -> value.strip().replaceAll("\\s+", " "))
						.collect(Collectors.joining(","))
					+ "\n")
			.collect(Collectors.joining());
	}

	private record QueryParameter(String name, String value) implements Comparable<QueryParameter> {

		static QueryParameter parse(String parameter) {
			int equals = parameter.indexOf('=');
			String name = (equals < 0) ? parameter : parameter.substring(0, equals);
			String value = (equals < 0) ? "" : parameter.substring(equals + 1);
			return new QueryParameter(UriEncoding.normalize(name), UriEncoding.normalize(value));
		}

		@Override
		public int compareTo(QueryParameter other) {
			int byName = this.name.compareTo(other.name);
			return (byName != 0) ? byName : this.value.compareTo(other.value);
		}

		@Override
		public String toString() {
			return this.name + "=" + this.value;
		}

	}

}
