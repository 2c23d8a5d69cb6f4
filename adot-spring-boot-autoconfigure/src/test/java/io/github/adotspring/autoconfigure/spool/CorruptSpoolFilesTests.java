package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Spool} and {@link SpoolFormat} with files that are not what was
 * written.
 */
final class CorruptSpoolFilesTests {

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

	/**
	 * Store a payload of 7 items, and close the spool.
	 */
	private Path leave(String body) throws IOException {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload(Signal.TRACES, SpoolFixtures.DESTINATION, 7, body));
			this.clock.pass(Duration.ofMillis(1));
			List<Path> files = SpoolFixtures.payloadFiles(directory());
			return files.get(files.size() - 1);
		}
	}

	@Test
	void givesUpAFileThatIsCutAnywhere() throws IOException {
		Path file = leave("body");
		byte[] content = Files.readAllBytes(file);
		for (int length = 0; length < content.length; length++) {
			Files.createDirectories(file.getParent());
			Files.write(file, Arrays.copyOf(content, length));
			givesUp(file, "cut at " + length);
		}
		Files.createDirectories(file.getParent());
		Files.write(file, content);
		try (Spool spool = spool()) {
			assertThat(SpoolFixtures.drain(spool)).as("not cut").containsExactly("body");
		}
	}

	@Test
	void givesUpAFileThatGrew() throws IOException {
		Path file = leave("body");
		byte[] content = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(content, content.length + 1));
		givesUp(file, "one byte more");
	}

	@Test
	void givesUpAFileWithAnyByteChanged() throws IOException {
		Path file = leave("body");
		byte[] content = Files.readAllBytes(file);
		for (int i = 0; i < content.length; i++) {
			byte[] changed = content.clone();
			changed[i] ^= 1;
			Files.createDirectories(file.getParent());
			Files.write(file, changed);
			givesUp(file, "byte " + i);
		}
	}

	@Test
	void givesUpRandomContent() throws IOException {
		Path file = leave("body");
		byte[] content = Files.readAllBytes(file);
		Random random = new Random(1);
		for (int i = 0; i < 200; i++) {
			byte[] garbage = new byte[random.nextInt(2 * content.length)];
			random.nextBytes(garbage);
			// Half of them look right at first.
			System.arraycopy(content, 0, garbage, 0, (i % 2 == 0) ? Math.min(garbage.length, 8 + i % 3 * 4) : 0);
			Files.createDirectories(file.getParent());
			Files.write(file, garbage);
			givesUp(file, "random " + i);
		}
	}

	private void givesUp(Path file, String what) {
		try (Spool spool = spool()) {
			assertThat(SpoolFixtures.drain(spool)).as(what).isEmpty();
			assertThat(spool.problem()).as(what).isNull();
			assertThat(spool.status(Signal.TRACES)).as(what).isEqualTo(new SpoolStatus(0, 0, 0, null));
		}
		assertThat(this.losses).as(what).containsExactly("traces 7 spool_corrupt");
		assertThat(file).as(what).doesNotExist();
		this.losses.clear();
	}

	@Test
	void givesUpTheContentOfAnotherFile() throws IOException {
		Path one = leave("one");
		Path other = one.resolveSibling(one.getFileName().toString().replace("-7.payload", "-8.payload"));
		Files.copy(one, other);
		try (Spool spool = spool()) {
			assertThat(SpoolFixtures.drain(spool)).containsExactly("one");
		}
		assertThat(this.losses).containsExactly("traces 8 spool_corrupt");
	}

	@Test
	void goesOnAfterAFileThatChangedOrWentWhileItWaited() throws IOException {
		try (Spool spool = spool()) {
			for (String body : List.of("1", "2", "3")) {
				spool.store(SpoolFixtures.payload(body));
			}
			List<Path> files = SpoolFixtures.payloadFiles(directory());
			byte[] content = Files.readAllBytes(files.get(0));
			content[content.length - 5]++;
			Files.write(files.get(0), content);
			Files.delete(files.get(1));
			assertThat(SpoolFixtures.drain(spool)).containsExactly("3");
			assertThat(this.losses).containsExactly("traces 1 spool_corrupt", "traces 1 spool_corrupt");
			assertThat(spool.status(Signal.TRACES)).isEqualTo(new SpoolStatus(0, 0, 0, null));
		}
	}

	@Test
	void leavesForeignFilesAlone() throws IOException {
		Path file = leave("body");
		Path outside = Files.createDirectory(this.temporary.resolve("outside"));
		Path secret = Files.copy(file, outside.resolve(file.getFileName()));
		String later = file.getFileName().toString().replace("-7.payload", "-9.payload");
		List<Path> foreign = List.of(Files.writeString(directory().resolve("notes.txt"), "mine"),
				Files.createDirectory(directory().resolve("process-of-mine")),
				Files.writeString(file.resolveSibling("notes.txt"), "mine"),
				Files.writeString(file.resolveSibling("notes.tmp"), "mine"),
				Files.createSymbolicLink(file.resolveSibling(later), secret),
				Files.createSymbolicLink(directory().resolve("process-00000000-0000-0000-0000-000000000000"), outside));
		try (Spool spool = spool()) {
			assertThat(SpoolFixtures.drain(spool)).containsExactly("body");
		}
		assertThat(foreign).allSatisfy((path) -> assertThat(path).existsNoFollowLinks());
		assertThat(outside).isDirectoryContaining((path) -> path.equals(secret));
		assertThat(outside.resolve("lock")).doesNotExist();
		assertThat(file).doesNotExist();
		assertThat(this.losses).isEmpty();
	}

}
