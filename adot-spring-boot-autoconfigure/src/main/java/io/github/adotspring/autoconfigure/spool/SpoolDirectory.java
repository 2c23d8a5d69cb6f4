package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The directory that spools share: the part of this spool, the parts that it took over,
 * and those that other live processes use. What is not of a spool is left alone. Used by
 * one thread at a time.
 */
final class SpoolDirectory implements AutoCloseable {

	private static final Duration ADOPT_EVERY = Duration.ofMinutes(1);

	private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);

	private final Path path;

	private final Clock clock;

	private final Map<Path, ProcessDirectory> held = new HashMap<>();

	private @Nullable ProcessDirectory own;

	private @Nullable Instant lastAdopted;

	private @Nullable Instant lastMeasured;

	private long bytesOfOthers;

	SpoolDirectory(Path path, Clock clock) {
		this.path = path.toAbsolutePath();
		this.clock = clock;
	}

	Path path() {
		return this.path;
	}

	boolean exists() {
		return Files.exists(this.path, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * The part that new files go to.
	 * @throws IOException if there can be none, with a reason that is fit for the log
	 */
	ProcessDirectory own() throws IOException {
		ProcessDirectory own = this.own;
		if (own == null || !own.isLocked()) {
			if (!exists()) {
				PrivateFiles.createDirectories(this.path);
			}
			PrivateFiles.requirePrivate(this.path);
			own = ProcessDirectory.create(this.path);
			try {
				PrivateFiles.requireSameOwner(this.path, own.path());
			}
			catch (IOException ex) {
				own.close();
				throw ex;
			}
			this.held.put(own.path(), own);
			this.own = own;
		}
		return own;
	}

	/**
	 * Take over the parts of processes that have ended, if it is time to look for some.
	 */
	void adopt(Recovery recovery) throws IOException {
		if (!isDue(this.lastAdopted, ADOPT_EVERY)) {
			return;
		}
		this.lastAdopted = this.clock.instant();
		for (ProcessDirectory directory : this.held.values()) {
			if (directory.isLocked()) {
				directory.touch();
			}
		}
		try (DirectoryStream<Path> paths = Files.newDirectoryStream(this.path)) {
			for (Path path : paths) {
				if (!ProcessDirectory.isOne(path)) {
					deleteIfStaleClaim(path);
				}
				else if (!this.held.containsKey(path)) {
					adopt(path, recovery);
				}
			}
		}
	}

	private void adopt(Path path, Recovery recovery) throws IOException {
		ProcessDirectory directory = null;
		try {
			directory = ProcessDirectory.adopt(path);
			if (directory != null) {
				recovery.recover(directory);
				this.held.put(path, directory);
				closeIfDone(directory);
			}
		}
		catch (IOException ex) {
			// What can't be read now, such as for want of file descriptors, can be later.
			if (directory != null) {
				directory.close();
			}
		}
	}

	private void deleteIfStaleClaim(Path path) throws IOException {
		Path directory = JvmClaim.directoryOf(path);
		if (directory != null && !Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
			Files.deleteIfExists(path);
		}
	}

	/**
	 * Let go of a part that was taken over, once it is empty.
	 */
	void closeIfDone(ProcessDirectory directory) throws IOException {
		if (directory.isEmpty() && directory != this.own && this.held.remove(directory.path()) != null) {
			directory.close();
		}
	}

	/**
	 * What other processes hold, a few seconds ago at most.
	 */
	long bytesOfOthers() throws IOException {
		if (isDue(this.lastMeasured, MEASURE_EVERY)) {
			this.lastMeasured = this.clock.instant();
			this.bytesOfOthers = 0;
			try (DirectoryStream<Path> paths = Files.newDirectoryStream(this.path, ProcessDirectory::isOne)) {
				for (Path path : paths) {
					this.bytesOfOthers += this.held.containsKey(path) ? 0 : bytes(path);
				}
			}
		}
		return this.bytesOfOthers;
	}

	private static long bytes(Path path) throws IOException {
		try {
			return ProcessDirectory.bytes(path);
		}
		catch (NoSuchFileException ex) {
			return 0;
		}
	}

	private boolean isDue(@Nullable Instant last, Duration every) {
		return last == null || !this.clock.instant().isBefore(last.plus(every));
	}

	@Override
	public void close() throws IOException {
		IOException failure = null;
		for (ProcessDirectory directory : this.held.values()) {
			try {
				directory.close();
			}
			catch (IOException ex) {
				failure = ex;
			}
		}
		this.held.clear();
		this.own = null;
		this.lastAdopted = null;
		this.lastMeasured = null;
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * What is done with the files of a part that was taken over.
	 */
	@FunctionalInterface
	interface Recovery {

		void recover(ProcessDirectory directory) throws IOException;

	}

}
