package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The right to open the lock file of a directory, which one spool of a JVM has at a time.
 * POSIX takes all locks of a process on a file away as soon as the process closes any
 * channel to it, so a spool must not even try a lock that another spool of the same JVM
 * holds. A file beside the directory says so, since spools of different class loaders
 * share nothing else. A file that a dead JVM has left binds nobody: it names that JVM.
 */
final class JvmClaim implements AutoCloseable {

	private static final String INFIX = ".claim-";

	private static final Pattern PATTERN = Pattern.compile("(.+)" + Pattern.quote(INFIX) + "\\d+-\\d+");

	private final Path file;

	private JvmClaim(Path file) {
		this.file = file;
	}

	/**
	 * Claim a directory for this JVM.
	 * @return the claim, {@code null} if another spool of this JVM has it
	 */
	static @Nullable JvmClaim of(Path directory) throws IOException {
		ProcessHandle process = ProcessHandle.current();
		long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
		Path file = directory.resolveSibling(directory.getFileName() + INFIX + process.pid() + "-" + start);
		try {
			PrivateFiles.createFile(file).close();
			return new JvmClaim(file);
		}
		catch (FileAlreadyExistsException ex) {
			return null;
		}
	}

	/**
	 * The directory that a file is a claim of.
	 * @return the directory, {@code null} if the file is something else
	 */
	static @Nullable Path directoryOf(Path file) {
		Matcher matcher = PATTERN.matcher(file.getFileName().toString());
		return matcher.matches() ? file.resolveSibling(matcher.group(1)) : null;
	}

	@Override
	public void close() throws IOException {
		Files.deleteIfExists(this.file);
	}

}
