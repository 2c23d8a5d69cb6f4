package io.github.adotspring.autoconfigure.otlp;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OtlpSplitter} with messages of all shapes, against the decoded items.
 * What each limit lets through is in {@link OtlpLimitsTests}.
 */
final class OtlpSplitterTests {

	private static final Clock CLOCK = Clock.fixed(RandomMessages.NOW, ZoneOffset.UTC);

	private final Random random = new Random(42);

	private final RandomMessages messages = new RandomMessages(this.random);

	@ParameterizedTest
	@EnumSource
	void aMessageThatFitsIsTheOnePart(Signal signal) {
		for (int i = 0; i < 200; i++) {
			byte[] message = this.messages.next(signal);
			int items = DecodedItem.allOf(signal, message).size();
			Split split = splitter(signal, size(message.length, Math.max(items, 1))).split(message);
			assertThat(split.dropped()).isEmpty();
			assertThat(split.parts()).singleElement().satisfies((part) -> {
				assertThat(part.message()).isSameAs(message);
				assertThat(part.items()).isEqualTo(items);
			});
		}
	}

	@ParameterizedTest
	@EnumSource
	void anEmptyMessageIsTheOnePart(Signal signal) {
		byte[] message = new byte[0];
		Split split = splitter(signal, size(0, 0)).split(message);
		assertThat(split.parts()).singleElement().satisfies((part) -> {
			assertThat(part.message()).isSameAs(message);
			assertThat(part.items()).isZero();
		});
	}

	@ParameterizedTest
	@EnumSource
	void partsHaveAllItemsInOrderAndAsTheyWere(Signal signal) {
		for (int i = 0; i < 500; i++) {
			byte[] message = messageWithItems(signal);
			OtlpLimits limits = size(4_000 + this.random.nextInt(4_000), 1 + this.random.nextInt(12));
			Split split = splitter(signal, limits).split(message);
			assertThat(split.dropped()).isEmpty();
			assertThat(split.parts()).isNotEmpty().allSatisfy((part) -> assertFits(part, limits, signal));
			assertThat(itemsOf(signal, split.parts())).isEqualTo(DecodedItem.allOf(signal, message));
		}
	}

	@ParameterizedTest
	@EnumSource
	void noTwoPartsInARowWouldFitIntoOne(Signal signal) {
		int pairs = 0;
		for (int i = 0; i < 500; i++) {
			OtlpLimits limits = size(4_000 + this.random.nextInt(4_000), 2 + this.random.nextInt(12));
			List<Part> parts = splitter(signal, limits).split(this.messages.next(signal)).parts();
			for (int part = 1; part < parts.size(); part++, pairs++) {
				Part one = parts.get(part - 1);
				Part two = parts.get(part);
				int lengthsThatAreShorterNumbers = 5;
				assertThat(one.items() + two.items() > limits.items() || one.message().length + two.message().length
						+ (one.items() + two.items()) * limits.overheadBytes() > limits.requestBytes()
								- lengthsThatAreShorterNumbers)
					.isTrue();
			}
		}
		assertThat(pairs).isGreaterThan(100);
	}

	@ParameterizedTest
	@EnumSource
	void itemsThatCanNeverFitAreDroppedAndCounted(Signal signal) {
		int dropped = 0;
		for (int i = 0; i < 500; i++) {
			byte[] message = messageWithItems(signal);
			OtlpLimits limits = new OtlpLimits(1_200 + this.random.nextInt(500), 10, 26, 500 + this.random.nextInt(500),
					600 + this.random.nextInt(600), 1_100, OtlpLimits.NONE, false, null, null);
			Split split = splitter(signal, limits).split(message);
			List<DecodedItem> all = DecodedItem.allOf(signal, message);
			List<DecodedItem> kept = all.stream().filter((item) -> fits(item, limits)).toList();
			assertThat(itemsOf(signal, split.parts())).isEqualTo(kept);
			assertThat(split.parts()).allSatisfy((part) -> assertFits(part, limits, signal));
			assertThat(split.dropped().stream().mapToInt(Split.Dropped::items).sum())
				.isEqualTo(all.size() - kept.size());
			assertThat(split.dropped()).allMatch((drop) -> drop.reason() == Reason.TOO_LARGE);
			dropped += all.size() - kept.size();
		}
		assertThat(dropped).isGreaterThan(100);
	}

	@ParameterizedTest
	@EnumSource
	void itemsThatAreFarAwayInTimeAreInDifferentParts(Signal signal) {
		OtlpLimits.Times times = new OtlpLimits.Times(Duration.ofHours(24), Duration.ofDays(14), Duration.ofHours(2));
		OtlpLimits limits = new OtlpLimits(OtlpLimits.NONE, OtlpLimits.NONE, 0, OtlpLimits.NONE, OtlpLimits.NONE,
				OtlpLimits.NONE, OtlpLimits.NONE, false, times, null);
		for (int i = 0; i < 500; i++) {
			byte[] message = this.messages.next(signal);
			List<DecodedItem> all = DecodedItem.allOf(signal, message);
			Split split = splitter(signal, limits).split(message);
			List<DecodedItem> sent = itemsOf(signal, split.parts());
			assertThat(sent).doesNotHaveDuplicates()
				.containsExactlyInAnyOrderElementsOf(all.stream().filter(OtlpSplitterTests::isRecent).toList());
			assertThat(split.parts()).allSatisfy((part) -> {
				List<DecodedItem> items = DecodedItem.allOf(signal, part.message());
				assertThat(items.stream().map(all::indexOf).toList()).isSorted();
				List<Long> known = items.stream().map(OtlpSplitterTests::time).filter((time) -> time > 0).toList();
				assertThat(known.stream().mapToLong((time) -> time).max().orElse(0)
						- known.stream().mapToLong((time) -> time).min().orElse(0))
					.isLessThanOrEqualTo(Duration.ofHours(24).toNanos());
			});
			assertThat(split.dropped().stream().mapToInt(Split.Dropped::items).sum())
				.isEqualTo(all.size() - sent.size());
			assertThat(split.parts()).as("parts of at most 15 days").hasSizeLessThanOrEqualTo(29);
		}
	}

	@Test
	void lateItemsBetweenOthersDoNotMakeAPartEach() {
		ScopeSpans.Builder scope = ScopeSpans.newBuilder();
		for (int i = 0; i < 100; i++) {
			long time = nanos(Duration.ofHours((i % 2 == 0) ? 0 : 48));
			scope.addSpans(Span.newBuilder().setStartTimeUnixNano(time).setEndTimeUnixNano(time));
		}
		assertThat(splitter(Signal.TRACES, OtlpLimits.xray()).split(traces(scope)).parts()).hasSize(2)
			.allSatisfy((part) -> assertThat(part.items()).isEqualTo(50));
	}

	@Test
	void aSpanLongerThanARequestMayReachIsSentAlone() {
		Span.Builder shortSpan = Span.newBuilder()
			.setStartTimeUnixNano(nanos(Duration.ZERO))
			.setEndTimeUnixNano(nanos(Duration.ZERO));
		byte[] message = traces(ScopeSpans.newBuilder()
			.addSpans(shortSpan)
			.addSpans(shortSpan.clone().setName("long").setStartTimeUnixNano(nanos(Duration.ofDays(20))))
			.addSpans(shortSpan));
		Split split = splitter(Signal.TRACES, OtlpLimits.xray()).split(message);
		assertThat(split.dropped()).isEmpty();
		assertThat(split.parts()).extracting(Part::items).containsExactly(2, 1);
		assertThat(itemsOf(Signal.TRACES, split.parts().subList(1, 2))).singleElement()
			.satisfies((item) -> assertThat(item.get("name")).isEqualTo("long"));
	}

	@ParameterizedTest
	@EnumSource
	void halvesKeepAllItemsInOrder(Signal signal) {
		for (int i = 0; i < 300; i++) {
			byte[] message = this.messages.next(signal);
			List<DecodedItem> all = DecodedItem.allOf(signal, message);
			Split split = splitter(signal, OtlpLimits.unlimited()).halve(message);
			if (all.size() > 1) {
				assertThat(split.parts()).hasSize(2).allMatch((part) -> part.items() > 0);
				assertThat(itemsOf(signal, split.parts())).isEqualTo(all);
				assertThat(split.dropped()).isEmpty();
			}
			else {
				assertThat(split.parts()).isEmpty();
				assertThat(split.dropped()).hasSize(all.size());
			}
		}
	}

	@Test
	void halvesByBytes() {
		ScopeSpans.Builder scope = ScopeSpans.newBuilder().addSpans(Span.newBuilder().setName("x".repeat(9_000)));
		for (int i = 0; i < 9; i++) {
			scope.addSpans(Span.newBuilder().setName("y".repeat(1_000)));
		}
		assertThat(splitter(Signal.TRACES, OtlpLimits.unlimited()).halve(traces(scope)).parts()).extracting(Part::items)
			.containsExactly(1, 9);
	}

	@Test
	void aSingleItemIsNotHalvedButDropped() {
		byte[] message = traces(ScopeSpans.newBuilder().addSpans(Span.newBuilder().setName("GET /orders")));
		assertThat(splitter(Signal.TRACES, OtlpLimits.unlimited()).halve(message).dropped()).containsExactly(
				new Split.Dropped(Reason.TOO_LARGE, 1, "span 'GET /orders': refused as too large alone, in 19 bytes"));
	}

	@ParameterizedTest
	@EnumSource
	void aMessageThatIsCutOffOrGarbageIsNoOtlpMessage(Signal signal) {
		OtlpSplitter splitter = splitter(signal, new OtlpLimits(100, 3, 26, 90, 80, 95, 60, true,
				OtlpLimits.xray().times(), OtlpLimits.cloudWatchMetrics().labels()));
		for (int i = 0; i < 20_000; i++) {
			byte[] message = (i % 100 == 0) ? this.messages.next(signal) : new byte[this.random.nextInt(64)];
			if (i % 100 == 0) {
				message = Arrays.copyOf(message, this.random.nextInt(message.length + 1));
				for (int flip = this.random.nextInt(4); flip > 0 && message.length > 0; flip--) {
					message[this.random.nextInt(message.length)] = (byte) this.random.nextInt();
				}
			}
			else {
				this.random.nextBytes(message);
			}
			assertSplitsOrSaysThatItIsNoMessage(splitter, message);
		}
	}

	private static void assertSplitsOrSaysThatItIsNoMessage(OtlpSplitter splitter, byte[] message) {
		try {
			assertThat(splitter.split(message).parts()).allMatch((part) -> part.message().length <= message.length);
			assertThat(splitter.halve(message).parts()).allMatch((part) -> part.message().length <= message.length);
		}
		catch (UncheckedIOException ex) {
			assertThat(ex).hasMessage("Not an OTLP message");
		}
	}

	@Test
	void aGroupThatEndsWithoutABeginningIsNoOtlpMessage() {
		byte[] message = { (5 << 3) | 4 };
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> splitter(Signal.LOGS, OtlpLimits.unlimited()).split(message))
			.withMessage("Not an OTLP message");
	}

	private byte[] messageWithItems(Signal signal) {
		byte[] message = this.messages.next(signal);
		return DecodedItem.allOf(signal, message).isEmpty() ? messageWithItems(signal) : message;
	}

	private static void assertFits(Part part, OtlpLimits limits, Signal signal) {
		assertThat(DecodedItem.allOf(signal, part.message())).hasSize(part.items());
		assertThat(part.items()).isBetween(1, limits.items());
		assertThat(part.message().length + part.items() * limits.overheadBytes())
			.isLessThanOrEqualTo(limits.requestBytes());
	}

	private static boolean fits(DecodedItem item, OtlpLimits limits) {
		int context = item.contextBytes();
		int bytes = item.item().getSerializedSize();
		return bytes <= limits.itemBytes() && context <= limits.contextBytes() && bytes + context <= limits.eventBytes()
				&& item.alone().length + limits.overheadBytes() <= limits.requestBytes();
	}

	private static boolean isRecent(DecodedItem item) {
		long age = nanos(Duration.ZERO) - time(item);
		return time(item) == 0 || (age <= Duration.ofDays(14).toNanos() && age >= -Duration.ofHours(2).toNanos());
	}

	private static long time(DecodedItem item) {
		boolean isSpan = item.item() instanceof Span;
		long time = (long) item.get(isSpan ? "end_time_unix_nano" : "time_unix_nano");
		boolean isObserved = time == 0 && item.item() instanceof LogRecord;
		return isObserved ? (long) item.get("observed_time_unix_nano") : time;
	}

	private static List<DecodedItem> itemsOf(Signal signal, List<Part> parts) {
		List<DecodedItem> items = new ArrayList<>();
		parts.forEach((part) -> items.addAll(DecodedItem.allOf(signal, part.message())));
		return items;
	}

	private static long nanos(Duration ago) {
		return Duration.ofSeconds(RandomMessages.NOW.getEpochSecond()).minus(ago).toNanos();
	}

	private static byte[] traces(ScopeSpans.Builder scope) {
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
			.build()
			.toByteArray();
	}

	private static OtlpSplitter splitter(Signal signal, OtlpLimits limits) {
		return new OtlpSplitter(signal, limits, CLOCK);
	}

	private static OtlpLimits size(int requestBytes, int items) {
		return new OtlpLimits(requestBytes, items, 0, OtlpLimits.NONE, OtlpLimits.NONE, OtlpLimits.NONE,
				OtlpLimits.NONE, false, null, null);
	}

}
