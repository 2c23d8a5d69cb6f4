package io.github.adotspring.autoconfigure.emf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.otlp.JsonSlices;
import io.github.adotspring.autoconfigure.otlp.JsonText;

/**
 * Documents as events of a {@code PutLogEvents} request.
 *
 * @param logGroup the name of the log group
 * @param logStream the name of the log stream
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
 */
record PutLogEventsForm(String logGroup, String logStream) implements RequestForm {

	/**
	 * The most that events may have in one request, and so the most for one of them. With
	 * it no request comes near the 10,000 events that are allowed too.
	 */
	static final int MAX_BYTES = 1_048_576;

	/** What CloudWatch Logs counts for an event beside its message. */
	static final int OVERHEAD = 26;

	private static final Duration MAX_SPAN = Duration.ofHours(24);

	@Override
	public long maxBytes() {
		return MAX_BYTES;
	}

	@Override
	public int overhead() {
		return OVERHEAD;
	}

	@Override
	public long maxSpan() {
		return MAX_SPAN.toMillis();
	}

	@Override
	public byte[] write(List<EmfDocument> documents) {
		String events = documents.stream()
			.map((document) -> "{\"timestamp\":" + document.timestamp() + ",\"message\":"
					+ JsonText.quote(document.json()) + "}")
			.collect(Collectors.joining(",", "[", "]"));
		return "{\"logGroupName\":%s,\"logStreamName\":%s,\"logEvents\":%s}"
			.formatted(JsonText.quote(this.logGroup), JsonText.quote(this.logStream), events)
			.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public List<EmfDocument> read(byte[] request) {
		Map<String, String> members = JsonSlices.members(new String(request, StandardCharsets.UTF_8));
		return JsonSlices.elements(members.getOrDefault("logEvents", ""))
			.stream()
			.map((event) -> JsonSlices.unquote(JsonSlices.members(event).getOrDefault("message", "")))
			.map(EmfDocument::read)
			.toList();
	}

}
