package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a destination says of a request that it accepted: that it refused some of the
 * items, or a warning. Read from an {@code ExportTraceServiceResponse},
 * {@code ExportMetricsServiceResponse} or {@code ExportLogsServiceResponse} in protobuf
 * or JSON.
 *
 * @param rejected number of refused items, not negative; what a server says, so it may be
 * more than were sent, see {@link #atMost}
 * @param message reason in words, as the server sent it: to be cleaned before it is
 * logged
 * @param reasons refused items by reason, in a fixed order: {@code too_old},
 * {@code too_new} and {@code expired}, which CloudWatch Logs tells, and {@code rejected}
 * for the others. No reason without items; the sum is {@code rejected}.
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#partial-success-1">OTLP partial
 * success</a>
 */
public record PartialSuccess(long rejected, String message, Map<String, Long> reasons) {

	/**
	 * Everything was accepted, without a warning.
	 */
	public static final PartialSuccess NONE = new PartialSuccess(0, "", Map.of());

	private static final List<String> REJECTED = List.of("rejectedSpans", "rejectedLogRecords", "rejectedDataPoints",
			"rejected_spans", "rejected_log_records", "rejected_data_points");

	/** Reasons by the names that CloudWatch Logs puts into its message. */
	private static final Map<String, String> REASONS = reasonsOfCloudWatchLogs();

	/** The reason of what the destination gives no other for. */
	private static final String OTHER_REASON = "rejected";

	private static final int PARTIAL_SUCCESS_FIELD = 1;

	private static final int REJECTED_FIELD = 1;

	private static final int MESSAGE_FIELD = 2;

	private static Map<String, String> reasonsOfCloudWatchLogs() {
		Map<String, String> reasons = new LinkedHashMap<>();
		reasons.put("tooOldLogEventCount", "too_old");
		reasons.put("tooNewLogEventCount", "too_new");
		reasons.put("expiredLogEventCount", "expired");
		return reasons;
	}

	/**
	 * Every reason that there can be.
	 * @return the keys that {@code reasons} can have
	 */
	public static Set<String> allReasons() {
		Set<String> reasons = new LinkedHashSet<>(REASONS.values());
		reasons.add(OTHER_REASON);
		return reasons;
	}

	/**
	 * Read the body of a success.
	 * @param body the body; what is cut off or not such a response says nothing
	 * @param contentType its content type, {@code null} if there is none
	 * @return what it says, {@link #NONE} if nothing
	 */
	public static PartialSuccess read(byte[] body, @Nullable String contentType) {
		// A field that begins like a JSON object would be a group, which OTLP has none
		// of.
		boolean isJson = (contentType != null && contentType.contains("json")) || (body.length > 0 && body[0] == '{');
		return isJson ? readJson(new String(body, StandardCharsets.UTF_8)) : readProtobuf(body);
	}

	private static PartialSuccess readProtobuf(byte[] body) {
		try {
			Chunk partialSuccess = new Chunk(body, 0, body.length).last(PARTIAL_SUCCESS_FIELD);
			return (partialSuccess != null) ? readProtobuf(partialSuccess) : NONE;
		}
		catch (IOException ex) {
			return NONE;
		}
	}

	private static PartialSuccess readProtobuf(Chunk partialSuccess) throws IOException {
		long rejected = 0;
		CodedInputStream input = partialSuccess.open();
		int tag;
		while ((tag = input.readTag()) != 0) {
			if (tag == ((REJECTED_FIELD << 3) | WireFormat.WIRETYPE_VARINT)) {
				rejected = input.readInt64();
			}
			else {
				Chunk.skip(input, tag);
			}
		}
		Chunk message = partialSuccess.last(MESSAGE_FIELD);
		return of(rejected, (message != null) ? message.text() : "");
	}

	private static PartialSuccess readJson(String body) {
		Map<?, ?> response = Json.object(body);
		if (!(first(response, List.of("partialSuccess", "partial_success")) instanceof Map<?, ?> partialSuccess)) {
			return NONE;
		}
		Object message = first(partialSuccess, List.of("errorMessage", "error_message"));
		return of(number(first(partialSuccess, REJECTED)), (message instanceof String text) ? text : "");
	}

	private static @Nullable Object first(Map<?, ?> members, List<String> names) {
		return names.stream().map(members::get).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private static long number(@Nullable Object value) {
		try {
			return (value instanceof String text) ? Long.parseLong(text) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private static PartialSuccess of(long rejected, String message) {
		Map<?, ?> counts = Json.object(message);
		Map<String, Long> claimed = new LinkedHashMap<>();
		REASONS.forEach((name, reason) -> claimed.put(reason, number(counts.get(name))));
		return of(rejected, message, claimed);
	}

	/**
	 * Takes of the claimed reasons no more than were refused.
	 */
	private static PartialSuccess of(long rejected, String message, Map<String, Long> claimed) {
		long rest = Math.max(rejected, 0);
		Map<String, Long> reasons = new LinkedHashMap<>();
		for (Map.Entry<String, Long> claim : claimed.entrySet()) {
			long items = Math.min(claim.getValue(), rest);
			if (items > 0) {
				reasons.put(claim.getKey(), items);
				rest -= items;
			}
		}
		if (rest > 0) {
			reasons.merge(OTHER_REASON, rest, Long::sum);
		}
		return new PartialSuccess(Math.max(rejected, 0), message, Collections.unmodifiableMap(reasons));
	}

	/**
	 * The same for a request of so many items, whatever the server claims.
	 * @param items number of items that were sent
	 * @return no more refused items than that
	 */
	public PartialSuccess atMost(int items) {
		return (this.rejected > items) ? of(items, this.message, this.reasons) : this;
	}

	/**
	 * Whether everything was accepted, but the server has something to say.
	 * @return {@code true} for a message without refused items
	 */
	public boolean isWarning() {
		return this.rejected == 0 && !this.message.isEmpty();
	}

}
