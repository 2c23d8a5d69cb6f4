package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.otlp.ItemRules.Violation;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;

/**
 * Cuts OTLP request messages of one signal so that each keeps the limits of a
 * destination. Works on the wire format: items are copied as they are, with their
 * resource, scope, schema URLs and fields that are not known here.
 * <p>
 * Safe to be used by many threads at once.
 */
public final class OtlpSplitter implements MessageSplitter {

	private final Signal signal;

	private final OtlpLimits limits;

	private final Clock clock;

	private final LogShortening shortening;

	/**
	 * Create a new instance.
	 * @param signal the signal of the messages
	 * @param limits what the destination accepts
	 * @param clock tells how old items are
	 */
	public OtlpSplitter(Signal signal, OtlpLimits limits, Clock clock) {
		this.signal = signal;
		this.limits = limits;
		this.clock = clock;
		this.shortening = new LogShortening(limits);
	}

	/**
	 * Cut a message into few parts that keep the limits. A message that keeps them is the
	 * one part, not copied. Items stay in order within a part; the order of the parts is
	 * that of their first items. A span that lasts longer than a request may reach is
	 * sent, but with no other that has a time: what a destination makes of it is not
	 * known.
	 * @param message an export request of the signal in protobuf, not compressed
	 * @return the parts, and what is not in them
	 * @throws UncheckedIOException if the bytes are not such a message
	 */
	@Override
	public Split split(byte[] message) {
		try {
			return split(message, OtlpMessage.read(this.signal, message));
		}
		catch (IOException ex) {
			throw notOtlp(ex);
		}
	}

	private Split split(byte[] bytes, OtlpMessage message) throws IOException {
		Set<String> removed = new LinkedHashSet<>();
		if (this.limits.labels() != null) {
			new ResourceAttributes(this.limits.labels(), removed).clean(message.resources());
		}
		ItemRules rules = new ItemRules(this.limits, this.clock.instant());
		Packing packing = new Packing(this.limits);
		Map<Reason, Dropped> dropped = new EnumMap<>(Reason.class);
		int shortened = 0;
		for (Item original : message.items()) {
			Item item = this.shortening.shorten(original);
			ItemTimes times = (this.limits.times() != null) ? ItemTimes.read(this.signal, item.value())
					: ItemTimes.UNKNOWN;
			Violation violation = rules.check(item, times);
			if (violation == null) {
				packing.add(item, times);
				shortened += (item != original) ? 1 : 0;
			}
			else {
				drop(item, violation, dropped);
			}
		}
		List<List<Item>> parts = packing.parts();
		int items = message.items().size();
		boolean isWhole = dropped.isEmpty() && removed.isEmpty() && shortened == 0 && parts.size() == 1
				&& isSmall(bytes, items);
		if (isWhole || items == 0) {
			return new Split(List.of(new Part(bytes, items)), List.of(), List.of());
		}
		return new Split(write(parts), List.copyOf(dropped.values()), List.copyOf(removed), shortened);
	}

	private void drop(Item item, Violation violation, Map<Reason, Dropped> dropped) throws IOException {
		Dropped others = dropped.get(violation.reason());
		dropped.put(violation.reason(),
				(others != null) ? new Dropped(others.reason(), others.items() + 1, others.description())
						: new Dropped(violation.reason(), 1, ItemName.of(this.signal, item) + ": " + violation.text()));
	}

	private boolean isSmall(byte[] message, int items) {
		return message.length + (long) items * this.limits.overheadBytes() <= this.limits.requestBytes();
	}

	/**
	 * Cut a message that a destination refused as too large, against what its limits say.
	 * Cuts into two parts of about the same number of bytes; what is a single item is
	 * shortened where that is possible, else dropped.
	 * @param message an export request of the signal in protobuf, not compressed
	 * @return two parts, or one shortened or dropped item, or nothing for a message
	 * without items
	 * @throws UncheckedIOException if the bytes are not such a message
	 */
	@Override
	public Split halve(byte[] message) {
		try {
			List<Item> items = OtlpMessage.read(this.signal, message).items();
			if (items.size() > 1) {
				int middle = middle(items);
				return new Split(write(List.of(items.subList(0, middle), items.subList(middle, items.size()))),
						List.of(), List.of());
			}
			return items.isEmpty() ? new Split(List.of(), List.of(), List.of()) : halve(items.get(0), message);
		}
		catch (IOException ex) {
			throw notOtlp(ex);
		}
	}

	private Split halve(Item item, byte[] message) throws IOException {
		Item half = this.shortening.halve(item);
		return (half != null) ? new Split(write(List.of(List.of(half))), List.of(), List.of(), 1)
				: new Split(List.of(), List.of(refused(item, message)), List.of());
	}

	/**
	 * Where to cut so that both sides have an item and neither has much more bytes.
	 */
	private static int middle(List<Item> items) {
		long half = items.stream().mapToLong(Item::bytes).sum() / 2;
		int middle = 0;
		long bytes = 0;
		while (middle < items.size() - 1 && bytes + items.get(middle).bytes() / 2 < half) {
			bytes += items.get(middle++).bytes();
		}
		return Math.max(middle, 1);
	}

	private Dropped refused(Item item, byte[] message) throws IOException {
		return new Dropped(Reason.TOO_LARGE, 1,
				ItemName.of(this.signal, item) + ": refused as too large alone, in " + message.length + " bytes");
	}

	private static List<Part> write(List<List<Item>> parts) throws IOException {
		List<Part> written = new ArrayList<>(parts.size());
		for (List<Item> items : parts) {
			written.add(PartWriter.write(items));
		}
		return written;
	}

	private static UncheckedIOException notOtlp(IOException cause) {
		return new UncheckedIOException("Not an OTLP message", cause);
	}

}
