package io.github.adotspring.autoconfigure.otlp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Packs items into few parts. A part is full when the next item has no room. It stays
 * open when the next item is only too far away in time, so that late items between others
 * don't make a part each.
 */
final class Packing {

	private final OtlpLimits limits;

	private final List<OpenPart> parts = new ArrayList<>();

	private final List<OpenPart> open = new ArrayList<>();

	Packing(OtlpLimits limits) {
		this.limits = limits;
	}

	void add(Item item, ItemTimes times) {
		partFor(item, times).add(item, times);
	}

	private OpenPart partFor(Item item, ItemTimes times) {
		Iterator<OpenPart> candidates = this.open.iterator();
		while (candidates.hasNext()) {
			OpenPart candidate = candidates.next();
			if (candidate.isNear(times)) {
				if (candidate.hasRoom(item)) {
					return candidate;
				}
				candidates.remove();
			}
		}
		OpenPart part = new OpenPart(this.limits);
		this.parts.add(part);
		this.open.add(part);
		return part;
	}

	/**
	 * The items of every part, in the order of the message.
	 */
	List<List<Item>> parts() {
		return this.parts.stream().map(OpenPart::items).toList();
	}

}
