package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Says which items of one message a destination would never take.
 */
final class ItemRules {

	private final OtlpLimits limits;

	private final long oldest;

	private final long newest;

	private final Map<Frame, ItemAttributes> contexts = new HashMap<>();

	ItemRules(OtlpLimits limits, Instant now) {
		this.limits = limits;
		OtlpLimits.Times times = limits.times();
		this.oldest = (times != null) ? nanos(now.minus(times.past())) : 0;
		this.newest = (times != null) ? nanos(now.plus(times.future())) : Long.MAX_VALUE;
	}

	private static long nanos(Instant instant) {
		return Duration.between(Instant.EPOCH, instant).toNanos();
	}

	/**
	 * What is wrong with an item, {@code null} if nothing.
	 */
	@Nullable Violation check(Item item, ItemTimes times) throws IOException {
		Violation violation = checkSize(item);
		if (violation == null && this.limits.times() != null && times.isKnown()) {
			violation = checkTime(times, this.limits.times());
		}
		if (violation == null && this.limits.labels() != null) {
			violation = checkAttributes(item, this.limits.labels());
		}
		return violation;
	}

	private @Nullable Violation checkSize(Item item) {
		int bytes = item.value().length();
		if (bytes > this.limits.itemBytes()) {
			return Violation.of(Reason.TOO_LARGE, bytes, "bytes", this.limits.itemBytes());
		}
		int context = item.frame().contextBytes();
		if (context > this.limits.contextBytes()) {
			return Violation.of(Reason.TOO_LARGE, context, "bytes of resource and scope", this.limits.contextBytes());
		}
		if (item.eventBytes() > this.limits.eventBytes()) {
			return Violation.of(Reason.TOO_LARGE, item.eventBytes(), "bytes with resource and scope",
					this.limits.eventBytes());
		}
		long request = item.requestBytes() + this.limits.overheadBytes();
		if (request > this.limits.requestBytes()) {
			return Violation.of(Reason.TOO_LARGE, request, "bytes in a request of its own", this.limits.requestBytes());
		}
		return null;
	}

	/**
	 * The end of a span is its time: one that began long ago may have ended just now.
	 */
	private @Nullable Violation checkTime(ItemTimes times, OtlpLimits.Times limits) {
		if (times.latest() < this.oldest) {
			return new Violation(Reason.TOO_OLD,
					"of " + instant(times) + ", more than " + limits.past().toHours() + " hours ago");
		}
		if (times.latest() > this.newest) {
			return new Violation(Reason.TOO_NEW,
					"of " + instant(times) + ", more than " + limits.future().toHours() + " hours ahead");
		}
		return null;
	}

	private static Instant instant(ItemTimes times) {
		return Instant.EPOCH.plusNanos(times.latest());
	}

	private @Nullable Violation checkAttributes(Item point, OtlpLimits.Labels limits) throws IOException {
		Frame scope = point.frame().at(OtlpMessage.SCOPE);
		ItemAttributes context = this.contexts.get(scope);
		if (context == null) {
			context = ItemAttributes.ofContext(scope);
			this.contexts.put(scope, context);
		}
		// Most points are so small that nobody has to measure, which takes four times as
		// long.
		if (ItemAttributes.boundOfPoint(point).plus(context).keep(limits)) {
			return null;
		}
		ItemAttributes attributes = ItemAttributes.ofPoint(point).plus(context);
		if (attributes.count() > limits.count()) {
			return Violation.of(Reason.TOO_MANY_ATTRIBUTES, attributes.count(), "attributes with resource and scope",
					limits.count());
		}
		if (attributes.bytes() > limits.bytes()) {
			return Violation.of(Reason.ATTRIBUTES_TOO_LONG, attributes.bytes(),
					"bytes of attributes with resource and scope", limits.bytes());
		}
		if (attributes.longest() > limits.valueChars()) {
			return Violation.of(Reason.ATTRIBUTES_TOO_LONG, attributes.longest(), "characters in an attribute",
					limits.valueChars());
		}
		return null;
	}

	/**
	 * How an item breaks a limit.
	 *
	 * @param reason which kind of limit
	 * @param text how the item is and what is allowed
	 */
	record Violation(Reason reason, String text) {

		private static Violation of(Reason reason, long actual, String what, long allowed) {
			return new Violation(reason, actual + " " + what + ", " + allowed + " are allowed");
		}

	}

}
