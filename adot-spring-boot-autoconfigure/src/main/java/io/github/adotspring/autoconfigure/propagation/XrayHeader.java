package io.github.adotspring.autoconfigure.propagation;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
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

	private long traceStart;

	private long traceEnd;

	private long parent;

	private @Nullable RemoteDecision decision;

	private @Nullable Lineage lineage;

	private XrayHeader() {
	}

	/**
	 * Read a value.
	 * @return what it says, {@code null} if it names no trace
	 */
	static @Nullable XrayHeader parse(String value) {
		if (value.length() > MAX_LENGTH) {
			return null;
		}
		XrayHeader header = new XrayHeader();
		int start = 0;
		while (start < value.length()) {
			int semicolon = value.indexOf(';', start);
			int end = (semicolon >= 0) ? semicolon : value.length();
			header.readPair(value, start, end);
			start = end + 1;
		}
		return header.hasTrace() ? header : null;
	}

	private void readPair(String value, int pairStart, int pairEnd) {
		int start = pairStart;
		int end = pairEnd;
		while (start < end && value.charAt(start) <= ' ') {
			start++;
		}
		while (end > start && value.charAt(end - 1) <= ' ') {
			end--;
		}
		if (startsWith(value, "Root=", start, end)) {
			readRoot(value, start + 5, end);
		}
		else if (startsWith(value, "Parent=", start, end)) {
			readParent(value, start + 7, end);
		}
		else if (startsWith(value, "Sampled=", start, end)) {
			readSampled(value, start + 8, end);
		}
		else if (startsWith(value, "Lineage=", start, end) && this.lineage == null) {
			this.lineage = Lineage.parse(value, start + 8, end);
		}
	}

	private static boolean startsWith(String value, String key, int start, int end) {
		return end - start > key.length() && value.startsWith(key, start);
	}

	private void readRoot(String value, int start, int end) {
		boolean id = !hasTrace() && end - start == TRACE_ID_LENGTH && value.startsWith("1-", start)
				&& value.charAt(start + 10) == '-' && HexDigits.areAll(value, start + 2, 8)
				&& HexDigits.areAll(value, start + 11, 24);
		if (id) {
			this.traceStart = (HexDigits.number(value, start + 2, 8) << 32) | HexDigits.number(value, start + 11, 8);
			this.traceEnd = HexDigits.number(value, start + 19, 16);
		}
	}

	private void readParent(String value, int start, int end) {
		if (this.parent == 0 && end - start == SPAN_ID_LENGTH && HexDigits.areAll(value, start, SPAN_ID_LENGTH)) {
			this.parent = HexDigits.number(value, start, SPAN_ID_LENGTH);
		}
	}

	private void readSampled(String value, int start, int end) {
		if (this.decision == null && end - start == 1) {
			this.decision = switch (value.charAt(start)) {
				case '1' -> RemoteDecision.SAMPLED;
				case '0' -> RemoteDecision.NOT_SAMPLED;
				case '?' -> RemoteDecision.ASKED;
				default -> null;
			};
		}
	}

	private boolean hasTrace() {
		return (this.traceStart | this.traceEnd) != 0;
	}

	boolean hasParent() {
		return this.parent != 0;
	}

	@Nullable Lineage lineage() {
		return this.lineage;
	}

	/**
	 * The span that the header names, as a parent for ours.
	 * @param before what other propagators found
	 */
	SpanContext spanContext(SpanContext before) {
		String traceId = TraceId.fromLongs(this.traceStart, this.traceEnd);
		TraceState state = before.getTraceId().equals(traceId) ? before.getTraceState() : TraceState.getDefault();
		RemoteDecision decision = (this.decision != null) ? this.decision : RemoteDecision.NONE;
		if (!hasParent()) {
			return IncompleteParent.withoutSpan(traceId, decision, state);
		}
		String spanId = SpanId.fromLong(this.parent);
		if (decision.isDeferred()) {
			return IncompleteParent.withoutDecision(traceId, spanId, decision, state);
		}
		TraceFlags flags = (decision == RemoteDecision.SAMPLED) ? TraceFlags.getSampled() : TraceFlags.getDefault();
		return SpanContext.createFromRemoteParent(traceId, spanId, flags, state);
	}

}
