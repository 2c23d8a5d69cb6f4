package io.github.adotspring.autoconfigure.propagation;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * The value of a trace header: {@code key=value} pairs with semicolons between them, in
 * any order. {@code Root} has to be there. Of a key that is there twice the first counts,
 * and what is unknown or makes no sense is as if it were not there; so is {@code Self},
 * which a load balancer writes for itself. A value is read once from front to end.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">Tracing
 * header</a>
 */
final class XrayHeader {

	/** Far more than any service of AWS writes. */
	static final int MAX_LENGTH = 1024;

	private static final int TRACE_ID_LENGTH = 35;

	private static final int SPAN_ID_LENGTH = 16;

	private static final int USUAL_LENGTH = 74;

	private final String value;

	/** As long as the value; what can't be in an identifier is a question mark. */
	private final byte[] bytes;

	private @Nullable String traceId;

	private long spanId;

	private @Nullable RemoteDecision decision;

	private @Nullable Lineage lineage;

	private XrayHeader(String value) {
		this.value = value;
		this.bytes = bytes(value);
	}

	private static byte[] bytes(String value) {
		byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
		// Two surrogates together become one question mark.
		return (bytes.length == value.length()) ? bytes
				: value.replaceAll("[\\x{10000}-\\x{10ffff}]", "??").getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Read a value.
	 * @return what it says, {@code null} if it names no trace
	 */
	static @Nullable XrayHeader parse(String value) {
		if (value.length() > MAX_LENGTH) {
			return null;
		}
		XrayHeader header = new XrayHeader(value);
		if (!header.readUsualForm()) {
			header.readPairs();
		}
		return (header.traceId != null) ? header : null;
	}

	/**
	 * The form that nearly everyone writes, without looking for what is where. The last
	 * to be read is what changes the bytes.
	 */
	private boolean readUsualForm() {
		boolean usual = this.value.length() == USUAL_LENGTH && this.value.startsWith("Root=")
				&& this.value.startsWith(";Parent=", 40) && this.value.startsWith(";Sampled=", 64);
		if (!usual) {
			return false;
		}
		readParent(48, 64);
		readSampled(73, USUAL_LENGTH);
		if (!hasParent() || this.decision == null) {
			this.spanId = 0;
			this.decision = null;
			return false;
		}
		readRoot(5, 40);
		return true;
	}

	private void readPairs() {
		int length = this.value.length();
		int start = 0;
		while (start < length) {
			int semicolon = this.value.indexOf(';', start);
			int end = (semicolon >= 0) ? semicolon : length;
			readPair(start, end);
			start = end + 1;
		}
	}

	private void readPair(int pairStart, int pairEnd) {
		int start = pairStart;
		int end = pairEnd;
		while (start < end && this.value.charAt(start) <= ' ') {
			start++;
		}
		while (end > start && this.value.charAt(end - 1) <= ' ') {
			end--;
		}
		if (isKey("Root=", start, end)) {
			readRoot(start + 5, end);
		}
		else if (isKey("Parent=", start, end)) {
			readParent(start + 7, end);
		}
		else if (isKey("Sampled=", start, end)) {
			readSampled(start + 8, end);
		}
		else if (isKey("Lineage=", start, end) && this.lineage == null) {
			this.lineage = Lineage.parse(this.value, start + 8, end);
		}
	}

	private boolean isKey(String key, int start, int end) {
		return end - start > key.length() && this.value.startsWith(key, start);
	}

	private void readRoot(int start, int end) {
		boolean id = this.traceId == null && end - start == TRACE_ID_LENGTH && this.value.startsWith("1-", start)
				&& this.value.charAt(start + 10) == '-';
		if (id) {
			// Without the dash.
			System.arraycopy(this.bytes, start + 11, this.bytes, start + 10, 24);
			this.traceId = HexDigits.id(this.bytes, start + 2, 32);
		}
	}

	private void readParent(int start, int end) {
		if (this.spanId == 0 && end - start == SPAN_ID_LENGTH) {
			this.spanId = HexDigits.number(this.bytes, start);
		}
	}

	private void readSampled(int start, int end) {
		if (this.decision == null && end - start == 1) {
			this.decision = switch (this.value.charAt(start)) {
				case '1' -> RemoteDecision.SAMPLED;
				case '0' -> RemoteDecision.NOT_SAMPLED;
				case '?' -> RemoteDecision.ASKED;
				default -> null;
			};
		}
	}

	boolean hasParent() {
		return this.spanId != 0;
	}

	@Nullable Lineage lineage() {
		return this.lineage;
	}

	/**
	 * The span that the header names, as a parent for ours.
	 * @param before what other propagators found
	 */
	SpanContext spanContext(SpanContext before) {
		String traceId = Objects.requireNonNull(this.traceId);
		TraceState state = before.getTraceId().equals(traceId) ? before.getTraceState() : TraceState.getDefault();
		RemoteDecision decision = (this.decision != null) ? this.decision : RemoteDecision.NONE;
		return hasParent() ? XrayParent.of(traceId, this.spanId, decision, state)
				: XrayParent.withoutSpan(traceId, decision, state);
	}

}
