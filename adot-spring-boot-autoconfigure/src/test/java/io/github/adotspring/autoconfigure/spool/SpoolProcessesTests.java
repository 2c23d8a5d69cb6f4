package io.github.adotspring.autoconfigure.spool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Spool} with more than one process.
 */
@Timeout(120)
final class SpoolProcessesTests {

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
	void takesOverAllThatAKilledProcessHeld() throws Exception {
		try (SpoolingProcess process = SpoolingProcess.start(directory(), "a", 5, 20, false)) {
			process.delivered();
			process.kill();
		}
		Path left = SpoolFixtures.payloadFiles(directory()).get(0);
		Path halfWritten = Files.writeString(Path.of(left + ".tmp"), "half");
		try (Spool spool = spool()) {
			SpoolEntry first = spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION);
			assertThat(first.recovered()).isTrue();
			assertThat(halfWritten).doesNotExist();
			first.release();
			assertThat(spool.status(Signal.TRACES).entries()).isEqualTo(25);
			assertThat(SpoolFixtures.drain(spool))
				.containsExactlyElementsOf(Stream.concat(bodies("aheld", 5), bodies("a", 20)).toList());
			assertThat(left.getParent()).doesNotExist();
			this.clock.pass(Duration.ofMinutes(1));
			assertThat(SpoolFixtures.drain(spool)).isEmpty();
		}
		assertThat(directory()).isEmptyDirectory();
		assertThat(this.losses).isEmpty();
	}

	@Test
	void doesNotTakeWhatALiveProcessHolds() throws Exception {
		try (SpoolingProcess process = SpoolingProcess.start(directory(), "a", 1, 3, false); Spool spool = spool()) {
			process.delivered();
			assertThat(SpoolFixtures.drain(spool)).isEmpty();
			this.clock.pass(Duration.ofMinutes(1));
			assertThat(SpoolFixtures.drain(spool)).isEmpty();
			process.kill();
			this.clock.pass(Duration.ofMinutes(1));
			assertThat(SpoolFixtures.drain(spool)).containsExactly("aheld0", "a0", "a1", "a2");
		}
	}

	@Test
	void keepsItsOwnWhenAnotherSpoolOfTheJvmHasLookedForLeftovers() throws Exception {
		try (Spool one = spool(); Spool other = spool()) {
			one.store(SpoolFixtures.payload("1"));
			other.store(SpoolFixtures.payload("2"));
			for (int i = 0; i < 3; i++) {
				this.clock.pass(Duration.ofMinutes(1));
				one.oldest(Signal.LOGS, SpoolFixtures.DESTINATION);
				other.oldest(Signal.LOGS, SpoolFixtures.DESTINATION);
			}
			try (SpoolingProcess process = SpoolingProcess.start(directory(), "a", 0, 0, true)) {
				assertThat(process.delivered()).isEmpty();
			}
			assertThat(SpoolFixtures.drain(one)).containsExactly("1");
			assertThat(SpoolFixtures.drain(other)).containsExactly("2");
		}
	}

	@Test
	void deliversEachPayloadOnceFromSeveralProcesses() throws Exception {
		for (String dead : List.of("a", "b")) {
			try (SpoolingProcess process = SpoolingProcess.start(directory(), dead, 0, 50, false)) {
				process.delivered();
			}
		}
		List<String> delivered = new ArrayList<>();
		try (SpoolingProcess one = SpoolingProcess.start(directory(), "c", 0, 50, true);
				SpoolingProcess other = SpoolingProcess.start(directory(), "d", 0, 50, true);
				Spool here = spool()) {
			delivered.addAll(SpoolFixtures.drain(here));
			delivered.addAll(one.delivered());
			delivered.addAll(other.delivered());
		}
		assertThat(delivered).containsExactlyInAnyOrderElementsOf(
				Stream.of("a", "b", "c", "d").flatMap((name) -> bodies(name, 50)).toList());
	}

	private static Stream<String> bodies(String name, int count) {
		return IntStream.range(0, count).mapToObj((i) -> name + i);
	}

}
