package io.github.adotspring.autoconfigure.otlp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A part that items are still added to, in the order of the message.
 */
final class OpenPart {

	private final OtlpLimits limits;

	private final List<Item> items = new ArrayList<>();

	private long bytes;

	private ItemTimes times = ItemTimes.UNKNOWN;

	private @Nullable Frame last;

	private boolean hasLarge;

	OpenPart(OtlpLimits limits) {
		this.limits = limits;
	}

	/**
	 * Whether all items would be close in time with these times, too.
	 */
	boolean isNear(ItemTimes times) {
		OtlpLimits.Times limits = this.limits.times();
		return limits == null || this.times.join(times).spread() <= limits.spread().toNanos();
	}

	boolean hasRoom(Item item) {
		return this.items.size() < this.limits.items() && this.bytes + cost(item) <= this.limits.requestBytes()
				&& !(this.hasLarge && isLarge(item));
	}

	void add(Item item, ItemTimes times) {
		this.bytes += cost(item);
		this.items.add(item);
		this.times = this.times.join(times);
		this.last = item.frame();
		this.hasLarge |= isLarge(item);
	}

	private boolean isLarge(Item item) {
		return item.eventBytes() > this.limits.largeBytes();
	}

	/**
	 * Bytes that an item adds, with the frames that begin with it. Never too few, and too
	 * many only where leaving out items makes the length of a frame a shorter number.
	 */
	private long cost(Item item) {
		long cost = this.limits.overheadBytes() + item.bytes();
		for (Frame frame = item.frame(); frame != null && !isOpen(frame); frame = frame.parent()) {
			cost += frame.headerBytes() + frame.ownBytes();
		}
		return cost;
	}

	private boolean isOpen(Frame frame) {
		return this.last != null && this.last.at(frame.depth()) == frame;
	}

	List<Item> items() {
		return this.items;
	}

}
