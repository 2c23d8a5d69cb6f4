package io.github.adotspring.autoconfigure.propagation;

import java.util.Collection;
import java.util.List;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import org.jspecify.annotations.Nullable;

/**
 * Carries traces in X-Ray's header, which is all that services of AWS understand. It
 * writes nothing else: baggage is for another propagator.
 * <p>
 * Where several propagators find a parent, the last of them wins, as in OpenTelemetry;
 * but a header that names no span does not replace a span that another one found, since
 * every load balancer of AWS writes such a header.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">Tracing
 * header</a>
 */
public final class XrayPropagator implements TextMapPropagator {

	/**
	 * Name of the header.
	 */
	public static final String HEADER = "X-Amzn-Trace-Id";

	private static final List<String> FIELDS = List.of(HEADER);

	private static final XrayPropagator INSTANCE = new XrayPropagator();

	/** Of a header with all that can be in it. */
	private static final int LENGTH = 5 + 35 + 8 + 16 + 10 + 9 + 18;

	private XrayPropagator() {
	}

	/**
	 * The propagator.
	 * @return the only one there needs to be
	 */
	public static XrayPropagator getInstance() {
		return INSTANCE;
	}

	@Override
	public Collection<String> fields() {
		return FIELDS;
	}

	@Override
	public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
		String header = header(context);
		if (header != null) {
			setter.set(carrier, HEADER, header);
		}
	}

	/**
	 * The value of the header for the span of a context.
	 * @param context the context
	 * @return the value, {@code null} if there is no span
	 */
	public @Nullable String header(Context context) {
		SpanContext span = Span.fromContext(context).getSpanContext();
		if (!span.isValid()) {
			return null;
		}
		String traceId = span.getTraceId();
		StringBuilder header = new StringBuilder(LENGTH);
		header.append("Root=1-").append(traceId, 0, 8).append('-').append(traceId, 8, traceId.length());
		if (!XrayParent.isUnknown(span)) {
			header.append(";Parent=").append(span.getSpanId());
		}
		header.append(sampled(span));
		Lineage lineage = Lineage.in(context);
		if (lineage != null) {
			header.append(";Lineage=").append(lineage.value());
		}
		return header.toString();
	}

	private static String sampled(SpanContext span) {
		if (XrayParent.isDeferred(span)) {
			return ";Sampled=?";
		}
		return span.isSampled() ? ";Sampled=1" : ";Sampled=0";
	}

	@Override
	public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
		String header = getter.get(carrier, HEADER);
		return (header != null) ? extract(context, header) : context;
	}

	/**
	 * Put what a header says into a context.
	 * @param context a context
	 * @param header value of the header, whatever it is
	 * @return a context with the parent that the header names; the same context if it
	 * names none
	 */
	public Context extract(Context context, String header) {
		XrayHeader parsed = XrayHeader.parse(header);
		if (parsed == null) {
			return context;
		}
		SpanContext before = Span.fromContext(context).getSpanContext();
		Context extracted = context;
		if (parsed.hasParent() || !before.isValid()) {
			extracted = extracted.with(Span.wrap(parsed.spanContext(before)));
		}
		Lineage lineage = parsed.lineage();
		return (lineage != null) ? extracted.with(lineage) : extracted;
	}

	@Override
	public String toString() {
		return "XrayPropagator";
	}

}
