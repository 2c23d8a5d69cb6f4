package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Spool}.
 */
final class SpoolTests {

	private static final String OTHER = "https://collector.example/v1/traces?a=b&c=\u00e4\u20ac\ud83d\ude00\n"
		.repeat(500);

	@TempDir
	private Path temporary;

	private final ManualClock clock = new ManualClock();

	private final List<String> losses = new ArrayList<>();

	private Path directory() {
		return this.temporary.resolve("spool");
	}

	private Spool spool() {
		return SpoolFixtures.spool(directory(), this.clock, this.losses);
	}

	@Test
	void doesNotTouchTheDiskBeforeItStores() {
		try (Spool spool = spool()) {
			assertThat(spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
			assertThat(spool.status(Signal.TRACES)).isEqualTo(new SpoolStatus(0, 0, 0, null));
			assertThat(spool.problem()).isNull();
		}
		assertThat(directory()).doesNotExist();
	}

	@Test
	void givesBackTheBytesThatItStored() {
		byte[] body = new byte[100_000];
		for (int i = 0; i < body.length; i++) {
			body[i] = (byte) (i * 31);
		}
		try (Spool spool = spool()) {
			assertThat(spool.store(new SpooledPayload(Signal.LOGS, OTHER, 17, null, body)).isStored()).isTrue();
			this.clock.pass(Duration.ofMinutes(3));
			SpoolEntry entry = spool.oldest(Signal.LOGS, OTHER);
			assertThat(entry).isNotNull();
			assertThat(entry.payload().body()).isEqualTo(body);
			assertThat(entry.payload().signal()).isEqualTo(Signal.LOGS);
			assertThat(entry.payload().destination()).isEqualTo(OTHER);
			assertThat(entry.payload().items()).isEqualTo(17);
			assertThat(entry.payload().contentEncoding()).isNull();
			assertThat(entry.storedAt()).isEqualTo(ManualClock.START);
			assertThat(entry.recovered()).isFalse();
		}
	}

	@Test
	void givesTheOldestOfASignalAndDestination() {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload(Signal.TRACES, OTHER, 1, "elsewhere"));
			spool.store(SpoolFixtures.payload(Signal.LOGS, SpoolFixtures.DESTINATION, 1, "log"));
			spool.store(SpoolFixtures.payload("1"));
			spool.store(SpoolFixtures.payload("2"));
			this.clock.pass(Duration.ofMillis(1));
			spool.store(SpoolFixtures.payload("3"));
			assertThat(SpoolFixtures.drain(spool)).containsExactly("1", "2", "3");
			assertThat(spool.oldest(Signal.TRACES, OTHER)).isNotNull();
			assertThat(spool.oldest(Signal.LOGS, SpoolFixtures.DESTINATION)).isNotNull();
			assertThat(spool.oldest(Signal.METRICS, SpoolFixtures.DESTINATION)).isNull();
		}
	}

	@Test
	void givesAnEntryToOneAtATime() {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload("1"));
			SpoolEntry entry = spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION);
			assertThat(spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
			entry.release();
			SpoolEntry again = spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION);
			assertThat(again).isNotNull();
			entry.remove();
			entry.release();
			assertThat(spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
			assertThat(spool.status(Signal.TRACES).entries()).isOne();
			again.remove();
			assertThat(spool.status(Signal.TRACES)).isEqualTo(new SpoolStatus(0, 0, 0, null));
		}
	}

	@Test
	void keepsAHeldEntryFromOthersUntilItIsReleased() throws IOException {
		try (Spool spool = spool()) {
			SpoolEntry delivered = spool.hold(SpoolFixtures.payload("delivered")).entry();
			SpoolEntry failed = spool.hold(SpoolFixtures.payload("failed")).entry();
			assertThat(SpoolFixtures.payloadFiles(directory())).hasSize(2);
			assertThat(spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
			delivered.remove();
			failed.release();
			assertThat(SpoolFixtures.drain(spool)).containsExactly("failed");
		}
	}

	@Test
	void tellsWhatItHolds() throws IOException {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload(Signal.METRICS, "a", 10, "1"));
			this.clock.pass(Duration.ofSeconds(1));
			SpoolEntry held = spool.hold(SpoolFixtures.payload(Signal.METRICS, "b", 5, "22")).entry();
			long bytes = 0;
			for (Path file : SpoolFixtures.payloadFiles(directory())) {
				bytes += Files.size(file);
			}
			assertThat(spool.status(Signal.METRICS)).isEqualTo(new SpoolStatus(2, 15, bytes, ManualClock.START));
			assertThat(spool.status(Signal.LOGS).entries()).isZero();
			spool.oldest(Signal.METRICS, "a").remove();
			assertThat(spool.status(Signal.METRICS)).satisfies((status) -> assertThat(status.items()).isEqualTo(5))
				.satisfies((status) -> assertThat(status.oldest()).isEqualTo(ManualClock.START.plusSeconds(1)));
			held.remove();
			assertThat(spool.status(Signal.METRICS)).isEqualTo(new SpoolStatus(0, 0, 0, null));
		}
	}

	@Test
	void leavesWhatItHoldsToTheNext() {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload("1"));
			spool.hold(SpoolFixtures.payload("2"));
		}
		this.clock.pass(Duration.ofMinutes(5));
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload("3"));
			SpoolEntry first = spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION);
			assertThat(first.recovered()).isTrue();
			assertThat(first.storedAt()).isEqualTo(ManualClock.START);
			assertThat(first.payload().contentEncoding()).isEqualTo("gzip");
			first.release();
			assertThat(SpoolFixtures.drain(spool)).containsExactly("1", "2", "3");
		}
		assertThat(this.losses).isEmpty();
	}

	@Test
	void leavesNoFilesWhenAllIsDelivered() throws IOException {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload("1"));
		}
		try (Spool spool = spool()) {
			assertThat(SpoolFixtures.drain(spool)).containsExactly("1");
		}
		assertThat(directory()).isEmptyDirectory();
	}

	@Test
	void doesNotTakeWhatALiveSpoolOfTheSameJvmHolds() {
		try (Spool one = spool(); Spool other = spool()) {
			one.store(SpoolFixtures.payload("1"));
			other.store(SpoolFixtures.payload("2"));
			for (int i = 0; i < 3; i++) {
				this.clock.pass(Duration.ofMinutes(2));
				SpoolEntry first = one.oldest(Signal.TRACES, SpoolFixtures.DESTINATION);
				SpoolEntry second = other.oldest(Signal.TRACES, SpoolFixtures.DESTINATION);
				assertThat(SpoolFixtures.body(first)).isEqualTo("1");
				assertThat(SpoolFixtures.body(second)).isEqualTo("2");
				assertThat(one.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
				assertThat(other.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
				first.release();
				second.release();
			}
		}
	}

	@Test
	void takesOverWhatIsLeftWhileItRuns() {
		Spool one = spool();
		one.store(SpoolFixtures.payload("1"));
		try (Spool other = spool()) {
			other.store(SpoolFixtures.payload("2"));
			one.close();
			assertThat(SpoolFixtures.drain(other)).containsExactly("2");
			this.clock.pass(Duration.ofMinutes(1));
			assertThat(SpoolFixtures.drain(other)).containsExactly("1");
		}
	}

	@Test
	void givesWhatIsLeftToOneOfManySpools() throws Exception {
		for (int i = 0; i < 50; i++) {
			try (Spool spool = spool()) {
				spool.store(SpoolFixtures.payload("" + i));
			}
		}
		List<Spool> spools = Stream.generate(this::spool).limit(4).toList();
		List<String> delivered = together(spools.stream().<Callable<List<String>>>map((spool) -> () -> {
			List<String> bodies = SpoolFixtures.drain(spool);
			this.clock.pass(Duration.ofMinutes(1));
			bodies.addAll(SpoolFixtures.drain(spool));
			return bodies;
		}).toList());
		this.clock.pass(Duration.ofMinutes(1));
		delivered.addAll(SpoolFixtures.drain(spools.get(0)));
		spools.forEach(Spool::close);
		assertThat(delivered)
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50).mapToObj(Integer::toString).toList());
		assertThat(directory()).isEmptyDirectory();
	}

	@Test
	@Timeout(60)
	void losesAndDoublesNothingWithManyThreads() throws Exception {
		int perThread = 200;
		List<String> delivered = Collections.synchronizedList(new ArrayList<>());
		try (Spool spool = spool()) {
			List<Callable<List<String>>> tasks = new ArrayList<>();
			for (int thread = 0; thread < 3; thread++) {
				String name = thread + ".";
				tasks.add(() -> {
					for (int i = 0; i < perThread; i++) {
						SpoolEntry held = spool.hold(SpoolFixtures.payload(name + i)).entry();
						if (i % 5 == 0) {
							delivered.add(SpoolFixtures.body(held));
							held.remove();
						}
						else {
							held.release();
						}
					}
					return List.of();
				});
				tasks.add(() -> {
					int claims = 0;
					while (delivered.size() < 3 * perThread) {
						SpoolEntry entry = spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION);
						if (entry != null && claims++ % 3 == 0) {
							entry.release();
						}
						else if (entry != null) {
							delivered.add(SpoolFixtures.body(entry));
							entry.remove();
						}
					}
					return List.of();
				});
			}
			together(tasks);
			assertThat(spool.status(Signal.TRACES)).isEqualTo(new SpoolStatus(0, 0, 0, null));
		}
		assertThat(delivered).hasSize(3 * perThread).doesNotHaveDuplicates();
		assertThat(this.losses).isEmpty();
	}

	@Test
	void givesUpTheOldestWhenItIsFull() {
		long size = sizeOf(SpoolFixtures.payload("1"));
		try (Spool spool = SpoolFixtures.spool(directory(), DataSize.ofBytes(3 * size), this.clock, this.losses)) {
			for (String body : List.of("1", "2", "3")) {
				assertThat(spool.store(SpoolFixtures.payload(body)).isStored()).isTrue();
			}
			assertThat(this.losses).isEmpty();
			assertThat(spool.store(SpoolFixtures.payload("4")).isStored()).isTrue();
			assertThat(this.losses).containsExactly("traces 1 spool_full");
			assertThat(spool.status(Signal.TRACES).bytes()).isEqualTo(3 * size);
			assertThat(SpoolFixtures.drain(spool)).containsExactly("2", "3", "4");
		}
	}

	@Test
	void givesUpTheOldestOfAnySignal() {
		long size = sizeOf(SpoolFixtures.payload("1"));
		try (Spool spool = SpoolFixtures.spool(directory(), DataSize.ofBytes(2 * size), this.clock, this.losses)) {
			spool.store(SpoolFixtures.payload(Signal.LOGS, "logs", 42, "0"));
			spool.store(SpoolFixtures.payload("1"));
			spool.store(SpoolFixtures.payload("2"));
			assertThat(this.losses).containsExactly("logs 42 spool_full");
		}
	}

	@Test
	void doesNotEmptyItselfForAPayloadThatIsTooLarge() {
		long size = sizeOf(SpoolFixtures.payload("1"));
		try (Spool spool = SpoolFixtures.spool(directory(), DataSize.ofBytes(size), this.clock, this.losses)) {
			spool.store(SpoolFixtures.payload("1"));
			StoreResult result = spool.store(SpoolFixtures.payload("22"));
			assertThat(result.isStored()).isFalse();
			assertThat(result.loss()).isEqualTo(SpoolLoss.SPOOL_FULL);
			assertThat(result.problem()).contains(directory().toString()).contains("" + size);
			assertThat(SpoolFixtures.drain(spool)).containsExactly("1");
			assertThat(this.losses).isEmpty();
		}
	}

	@Test
	void doesNotGiveUpWhatIsOnItsWay() {
		long size = sizeOf(SpoolFixtures.payload("1"));
		try (Spool spool = SpoolFixtures.spool(directory(), DataSize.ofBytes(2 * size), this.clock, this.losses)) {
			SpoolEntry held = spool.hold(SpoolFixtures.payload("1")).entry();
			spool.store(SpoolFixtures.payload("2"));
			assertThat(spool.store(SpoolFixtures.payload("3")).isStored()).isTrue();
			SpoolEntry claimed = spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION);
			assertThat(SpoolFixtures.body(claimed)).isEqualTo("3");
			assertThat(spool.store(SpoolFixtures.payload("4")).loss()).isEqualTo(SpoolLoss.SPOOL_FULL);
			this.clock.pass(SpoolFixtures.MAX_AGE.plusMillis(1));
			assertThat(spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
			assertThat(this.losses).containsExactly("traces 1 spool_full");
			held.release();
			claimed.remove();
			assertThat(spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
			assertThat(this.losses).containsExactly("traces 1 spool_full", "traces 1 spool_expired");
		}
	}

	@Test
	void countsWhatOtherSpoolsHold() {
		long size = sizeOf(SpoolFixtures.payload("1"));
		DataSize room = DataSize.ofBytes(3 * size);
		try (Spool one = SpoolFixtures.spool(directory(), room, this.clock, this.losses);
				Spool other = SpoolFixtures.spool(directory(), room, this.clock, this.losses)) {
			one.store(SpoolFixtures.payload("1"));
			one.store(SpoolFixtures.payload("2"));
			other.store(SpoolFixtures.payload("3"));
			assertThat(other.store(SpoolFixtures.payload("4")).isStored()).isTrue();
			assertThat(this.losses).containsExactly("traces 1 spool_full");
			this.clock.pass(Duration.ofSeconds(5));
			one.store(SpoolFixtures.payload("5"));
			assertThat(this.losses).hasSize(2);
			assertThat(SpoolFixtures.drain(other)).containsExactly("4");
			this.clock.pass(Duration.ofSeconds(5));
			one.store(SpoolFixtures.payload("6"));
			assertThat(other.store(SpoolFixtures.payload("7")).loss()).isEqualTo(SpoolLoss.SPOOL_FULL);
			assertThat(SpoolFixtures.drain(one)).containsExactly("2", "5", "6");
			this.clock.pass(Duration.ofSeconds(5));
			assertThat(other.store(SpoolFixtures.payload("8")).isStored()).isTrue();
		}
	}

	@Test
	void givesUpWhatWaitedTooLong() {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload(Signal.METRICS, "gone", 9, "0"));
			this.clock.pass(Duration.ofMillis(1));
			spool.store(SpoolFixtures.payload("1"));
			this.clock.pass(SpoolFixtures.MAX_AGE);
			assertThat(SpoolFixtures.drain(spool)).containsExactly("1");
			assertThat(this.losses).containsExactly("metrics 9 spool_expired");
			assertThat(spool.status(Signal.METRICS)).isEqualTo(new SpoolStatus(0, 0, 0, null));
		}
	}

	@Test
	void givesUpWhatALateStartFindsTooOld() throws IOException {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload("1"));
		}
		this.clock.pass(SpoolFixtures.MAX_AGE.plusMillis(1));
		try (Spool spool = spool()) {
			assertThat(spool.store(SpoolFixtures.payload("2")).isStored()).isTrue();
			assertThat(this.losses).containsExactly("traces 1 spool_expired");
			assertThat(SpoolFixtures.payloadFiles(directory())).hasSize(1);
		}
	}

	@Test
	void refusesOnceItIsClosed() {
		Spool spool = spool();
		SpoolEntry held = spool.hold(SpoolFixtures.payload("1")).entry();
		spool.close();
		spool.close();
		held.remove();
		StoreResult result = spool.store(SpoolFixtures.payload("2"));
		assertThat(result.loss()).isEqualTo(SpoolLoss.SPOOL_UNAVAILABLE);
		assertThat(result.problem()).isEqualTo("the spool is closed");
		assertThat(spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
		try (Spool next = spool()) {
			assertThat(SpoolFixtures.drain(next)).containsExactly("1");
		}
	}

	private long sizeOf(SpooledPayload payload) {
		return SpoolFormat.encode(payload).length;
	}

	private static List<String> together(List<Callable<List<String>>> tasks) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
		try {
			List<String> results = new ArrayList<>();
			for (Future<List<String>> result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
				results.addAll(result.get());
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
