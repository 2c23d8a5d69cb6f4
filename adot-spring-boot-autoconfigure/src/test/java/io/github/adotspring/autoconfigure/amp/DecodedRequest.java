package io.github.adotspring.autoconfigure.amp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.protobuf.UnknownFieldSet;

/**
 * Reads a {@code prometheus.WriteRequest} without anything of the code under test, and
 * checks what a server would refuse or, worse, take.
 */
final class DecodedRequest {

	private final List<DecodedSeries> series = new ArrayList<>();

	private DecodedRequest(UnknownFieldSet request) throws IOException {
		if (!List.of(1).containsAll(request.asMap().keySet())) {
			throw new IllegalArgumentException("Unknown fields " + request.asMap().keySet());
		}
		for (var encoded : request.getField(1).getLengthDelimitedList()) {
			this.series.add(new DecodedSeries(UnknownFieldSet.parseFrom(encoded)));
		}
	}

	static DecodedRequest of(byte[] request) {
		try {
			return new DecodedRequest(UnknownFieldSet.parseFrom(request));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<DecodedSeries> series() {
		return this.series;
	}

	/**
	 * The samples of the series with these labels, such as {@code up{job="shop"}}.
	 */
	DecodedSeries one(String text) {
		List<DecodedSeries> found = this.series.stream().filter((one) -> one.text().equals(text)).toList();
		if (found.size() != 1) {
			throw new AssertionError(found.size() + " series are " + text + " among "
					+ this.series.stream().map(DecodedSeries::text).toList());
		}
		return found.get(0);
	}

	/**
	 * The last value of each series that is not native.
	 */
	Map<String, Double> values() {
		Map<String, Double> values = new TreeMap<>();
		this.series.stream()
			.filter((one) -> !one.samples().isEmpty())
			.forEach((one) -> values.put(one.text(), one.value()));
		return values;
	}

	/**
	 * A series.
	 */
	static final class DecodedSeries {

		private final Map<String, String> labels = new LinkedHashMap<>();

		private final TreeMap<Long, Long> samples = new TreeMap<>();

		private final List<UnknownFieldSet> histograms = new ArrayList<>();

		DecodedSeries(UnknownFieldSet series) throws IOException {
			if (!List.of(1, 2, 4).containsAll(series.asMap().keySet())) {
				throw new IllegalArgumentException("Unknown fields " + series.asMap().keySet());
			}
			String before = "";
			for (var encoded : series.getField(1).getLengthDelimitedList()) {
				UnknownFieldSet label = UnknownFieldSet.parseFrom(encoded);
				String name = label.getField(1).getLengthDelimitedList().get(0).toStringUtf8();
				String value = label.getField(2).getLengthDelimitedList().get(0).toStringUtf8();
				boolean valid = name.equals("__name__") ? value.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")
						: name.matches("(?!__)[a-zA-Z_][a-zA-Z0-9_]*") && !value.isEmpty();
				if (!valid || before.compareTo(name) >= 0) {
					throw new IllegalArgumentException("Label " + name + "=" + value + " after " + before);
				}
				before = name;
				this.labels.put(name, value);
			}
			if (!this.labels.containsKey("__name__") || this.labels.size() > 150) {
				throw new IllegalArgumentException("Labels " + this.labels);
			}
			long last = Long.MIN_VALUE;
			for (var encoded : series.getField(2).getLengthDelimitedList()) {
				UnknownFieldSet sample = UnknownFieldSet.parseFrom(encoded);
				if (!List.of(1, 2).containsAll(sample.asMap().keySet())) {
					throw new IllegalArgumentException("Unknown fields " + sample.asMap().keySet());
				}
				long bits = sample.getField(1).getFixed64List().stream().findFirst().orElse(0L);
				long time = sample.getField(2).getVarintList().stream().findFirst().orElse(0L);
				if (time <= last) {
					throw new IllegalArgumentException("Time " + time + " after " + last);
				}
				last = time;
				this.samples.put(time, bits);
			}
			for (var encoded : series.getField(4).getLengthDelimitedList()) {
				this.histograms.add(UnknownFieldSet.parseFrom(encoded));
			}
			if (this.samples.isEmpty() == this.histograms.isEmpty()) {
				throw new IllegalArgumentException("Neither samples nor histograms, or both, in " + this.labels);
			}
		}

		Map<String, String> labels() {
			return this.labels;
		}

		TreeMap<Long, Long> samples() {
			return this.samples;
		}

		List<UnknownFieldSet> histograms() {
			return this.histograms;
		}

		/**
		 * The times of all samples, in the order of the request.
		 */
		List<Long> times() {
			return this.histograms.isEmpty() ? List.copyOf(this.samples.keySet())
					: this.histograms.stream()
						.map((one) -> one.getField(15).getVarintList().stream().findFirst().orElse(0L))
						.toList();
		}

		double value() {
			return Double.longBitsToDouble(this.samples.lastEntry().getValue());
		}

		long time() {
			return this.samples.lastKey();
		}

		boolean isStale() {
			return this.histograms.isEmpty() ? this.samples.lastEntry().getValue() == 0x7ff0000000000002L
					: this.histograms.get(0).getField(3).getFixed64List().contains(0x7ff0000000000002L);
		}

		/**
		 * The series as it is written in PromQL.
		 */
		String text() {
			StringBuilder text = new StringBuilder(this.labels.get("__name__"));
			String separator = "{";
			for (var label : this.labels.entrySet()) {
				if (!label.getKey().equals("__name__")) {
					text.append(separator).append(label.getKey()).append("=\"").append(label.getValue()).append('"');
					separator = ",";
				}
			}
			return text.append(separator.equals(",") ? "}" : "").toString();
		}

	}

}
