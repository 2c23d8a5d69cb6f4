package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Spool} about whose files it makes and uses.
 */
final class PrivateSpoolTests {

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

	private static void assumePosix() {
		Assumptions.assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
				"this file system has no POSIX permissions");
	}

	@Test
	void makesWhatOnlyItsUserMayOpen() throws IOException {
		assumePosix();
		try (Spool spool = SpoolFixtures.spool(directory().resolve("below"), this.clock)) {
			spool.store(SpoolFixtures.payload("1"));
			try (Stream<Path> paths = Files.walk(directory())) {
				assertThat(paths.toList()).hasSizeGreaterThanOrEqualTo(6).allSatisfy((path) -> {
					String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
					assertThat(permissions).as(path.toString())
						.isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
				});
			}
		}
	}

	@Test
	void refusesASymbolicLink() throws IOException {
		Path elsewhere = Files.createDirectory(this.temporary.resolve("elsewhere"));
		Files.createSymbolicLink(directory(), elsewhere);
		refuses("is a symbolic link");
		assertThat(elsewhere).isEmptyDirectory();
	}

	@Test
	void refusesALinkToNowhere() throws IOException {
		Files.createSymbolicLink(directory(), this.temporary.resolve("nowhere"));
		refuses("is a symbolic link");
		assertThat(this.temporary.resolve("nowhere")).doesNotExist();
	}

	@Test
	void refusesAFile() throws IOException {
		Files.writeString(directory(), "mine");
		refuses("is not a directory");
		assertThat(directory()).hasContent("mine");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxrwx---", "rwx---rwx", "rwx----w-" })
	void refusesADirectoryThatOthersMayWriteTo(String permissions) throws IOException {
		assumePosix();
		Files.createDirectory(directory());
		Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString(permissions));
		refuses("may be written to by other users (it is " + permissions
				+ "); name a directory inside it, which will be created");
		assertThat(directory()).isEmptyDirectory();
	}

	@Test
	void refusesADirectoryOfAnotherUser() throws IOException {
		assumePosix();
		Files.createDirectory(directory());
		Assumptions.assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(directory(), "unix:uid")),
				"only root can give a directory away");
		Files.setAttribute(directory(), "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
		refuses("belongs to user '12345' and not to 'root'");
		assertThat(directory()).isEmptyDirectory();
	}

	private void refuses(String reason) {
		try (Spool spool = spool()) {
			StoreResult result = spool.store(SpoolFixtures.payload("1"));
			assertThat(result.isStored()).isFalse();
			assertThat(result.entry()).isNull();
			assertThat(result.loss()).isEqualTo(SpoolLoss.SPOOL_UNAVAILABLE);
			assertThat(result.problem())
				.startsWith("'" + directory() + "' can't be used as spool: '" + directory() + "' ")
				.contains(reason);
			assertThat(spool.problem()).isEqualTo(result.problem());
			assertThat(spool.oldest(Signal.TRACES, SpoolFixtures.DESTINATION)).isNull();
			assertThat(spool.status(Signal.TRACES).entries()).isZero();
		}
		assertThat(this.losses).isEmpty();
	}

	@Test
	void saysWhyItCannotMakeTheDirectory() throws IOException {
		Path file = Files.writeString(this.temporary.resolve("file"), "mine");
		try (Spool spool = SpoolFixtures.spool(file.resolve("spool"), this.clock)) {
			assertThat(spool.store(SpoolFixtures.payload("1")).problem()).contains("can't be used as spool")
				.contains("FileSystemException: " + file);
		}
	}

	@Test
	void usesADirectoryThatOthersMayRead() throws IOException {
		assumePosix();
		Files.createDirectory(directory());
		Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
		try (Spool spool = spool()) {
			assertThat(spool.store(SpoolFixtures.payload("1")).problem()).isNull();
		}
	}

	@Test
	void startsAnewWhenTheDirectoryIsDeletedOrPutRight() throws IOException {
		Files.writeString(directory(), "mine");
		try (Spool spool = spool()) {
			assertThat(spool.store(SpoolFixtures.payload("1")).isStored()).isFalse();
			Files.delete(directory());
			assertThat(spool.store(SpoolFixtures.payload("2")).isStored()).isTrue();
			assertThat(spool.problem()).isNull();
			FileSystemUtils.deleteRecursively(directory());
			assertThat(spool.store(SpoolFixtures.payload("3")).isStored()).isTrue();
			assertThat(SpoolFixtures.drain(spool)).containsExactly("3");
			assertThat(this.losses).containsExactly("traces 1 spool_corrupt");
		}
		assertThat(directory()).isEmptyDirectory();
	}

	@Test
	void keepsTheLockFromLookingOld() throws IOException {
		try (Spool spool = spool()) {
			spool.store(SpoolFixtures.payload("1"));
			Path lock = SpoolFixtures.payloadFiles(directory()).get(0).resolveSibling("lock");
			FileTime old = FileTime.from(ManualClock.START.minus(Duration.ofDays(10)));
			Files.setLastModifiedTime(lock, old);
			this.clock.pass(Duration.ofMinutes(1));
			spool.store(SpoolFixtures.payload("2"));
			assertThat(Files.getLastModifiedTime(lock)).isGreaterThan(old);
		}
	}

}
