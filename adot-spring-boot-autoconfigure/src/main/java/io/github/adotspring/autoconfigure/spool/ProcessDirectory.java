package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The files of one spool, its own or one that it took over, and the lock which says that
 * they are in use. Only the spool that made the directory adds files to it, and only with
 * the lock; so a directory that is free and has no files is done with. Used by one thread
 * at a time.
 */
final class ProcessDirectory implements AutoCloseable {

	private static final String PREFIX = "process-";

	private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f-]{36}");

	private static final String LOCK = "lock";

	private static final int ATTEMPTS = 5;

	private final Path path;

	private final boolean adopted;

	private final JvmClaim claim;

	private final FileChannel lock;

	private final Set<SpoolFileName> files = new TreeSet<>();

	private ProcessDirectory(Path path, boolean adopted, JvmClaim claim, FileChannel lock) {
		this.path = path;
		this.adopted = adopted;
		this.claim = claim;
		this.lock = lock;
	}

	static boolean isOne(Path path) {
		return NAME.matcher(path.getFileName().toString()).matches()
				&& Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Make a directory for a spool.
	 * @throws IOException if it can't be made, or the file system has no locks
	 */
	static ProcessDirectory create(Path base) throws IOException {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Path path = base.resolve(PREFIX + UUID.randomUUID());
			PrivateFiles.createDirectory(path);
			ProcessDirectory created = lock(path, false, true);
			if (created != null) {
				return created;
			}
			// Somebody who looks for directories of dead processes came first.
			deleteIfEmpty(path);
		}
		throw new IOException("no directory in '" + base + "' could be locked");
	}

	/**
	 * Take over a directory whose process has ended.
	 * @return the directory, {@code null} if it is in use or has nothing in it
	 * @throws IOException if it can't be read
	 */
	static @Nullable ProcessDirectory adopt(Path path) throws IOException {
		boolean hasLock = Files.exists(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
		if (!hasLock && names(path).isEmpty()) {
			deleteIfEmpty(path);
			return null;
		}
		ProcessDirectory adopted = lock(path, true, !hasLock);
		if (adopted != null) {
			adopted.takeStock();
		}
		return adopted;
	}

	private static @Nullable ProcessDirectory lock(Path path, boolean adopted, boolean create) throws IOException {
		JvmClaim claim = JvmClaim.of(path);
		if (claim == null) {
			return null;
		}
		FileChannel channel = null;
		boolean locked = false;
		try {
			Path lock = path.resolve(LOCK);
			channel = create ? PrivateFiles.createFile(lock)
					: FileChannel.open(lock, Set.<OpenOption>of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
			// Whoever had the lock before may have deleted its file.
			locked = channel.tryLock() != null && Files.exists(lock, LinkOption.NOFOLLOW_LINKS);
			return locked ? new ProcessDirectory(path, adopted, claim, channel) : null;
		}
		catch (FileAlreadyExistsException | NoSuchFileException | OverlappingFileLockException ex) {
			return null;
		}
		finally {
			if (!locked) {
				unlock(channel, claim);
			}
		}
	}

	/**
	 * The size of the files in a directory of any process.
	 */
	static long bytes(Path path) throws IOException {
		long bytes = 0;
		for (SpoolFileName name : names(path)) {
			try {
				bytes += Files.size(path.resolve(name.toString()));
			}
			catch (NoSuchFileException ex) {
				// Its process has delivered it meanwhile.
			}
		}
		return bytes;
	}

	private static List<SpoolFileName> names(Path path) throws IOException {
		List<SpoolFileName> names = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
			for (Path file : files) {
				SpoolFileName name = SpoolFileName.parse(file.getFileName().toString());
				if (name != null && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
					names.add(name);
				}
			}
		}
		return names;
	}

	private void takeStock() throws IOException {
		try {
			this.files.addAll(names(this.path));
			deleteTemporaryFiles();
		}
		catch (IOException ex) {
			unlock(this.lock, this.claim);
			throw ex;
		}
	}

	/**
	 * Delete what the process had not written to the end.
	 */
	private void deleteTemporaryFiles() throws IOException {
		try (DirectoryStream<Path> paths = Files.newDirectoryStream(this.path)) {
			for (Path file : paths) {
				if (SpoolFileName.isTemporary(file.getFileName().toString())) {
					Files.deleteIfExists(file);
				}
			}
		}
	}

	Path path() {
		return this.path;
	}

	boolean isAdopted() {
		return this.adopted;
	}

	List<SpoolFileName> files() {
		return List.copyOf(this.files);
	}

	boolean isEmpty() {
		return this.files.isEmpty();
	}

	/**
	 * Whether others still see that it is in use.
	 */
	boolean isLocked() {
		return this.lock.isOpen() && Files.exists(this.path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Make the lock look used to what deletes old files from the temporary directory. To
	 * set the time of the file would open and close it, and so lose the lock.
	 */
	void touch() throws IOException {
		this.lock.write(ByteBuffer.wrap(new byte[1]), 0);
	}

	/**
	 * Write a file, which is there as a whole or not at all. It is not forced to the
	 * disk: it outlives its process, and a failure of the power is told by its checksum.
	 */
	void write(SpoolFileName name, byte[] content) throws IOException {
		Path temporary = this.path.resolve(name.temporary());
		try {
			try (FileChannel channel = PrivateFiles.createFile(temporary)) {
				ByteBuffer buffer = ByteBuffer.wrap(content);
				while (buffer.hasRemaining()) {
					channel.write(buffer);
				}
			}
			Files.move(temporary, this.path.resolve(name.toString()), StandardCopyOption.ATOMIC_MOVE);
			this.files.add(name);
		}
		catch (IOException ex) {
			try {
				Files.deleteIfExists(temporary);
			}
			catch (IOException suppressed) {
				ex.addSuppressed(suppressed);
			}
			throw ex;
		}
	}

	SpooledFile index(SpoolFileName name) throws IOException {
		try (SeekableByteChannel channel = open(name)) {
			SpoolFormat.Header header = SpoolFormat.readHeader(channel);
			requireSame(name, header.signal() == name.signal() && header.items() == name.items());
			return new SpooledFile(this, name, header.destination(), channel.size());
		}
	}

	SpooledPayload read(SpoolFileName name) throws IOException {
		try (SeekableByteChannel channel = open(name)) {
			ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
			while (content.hasRemaining() && channel.read(content) >= 0) {
				continue;
			}
			SpooledPayload payload = SpoolFormat.decode(content.array());
			requireSame(name, payload.signal() == name.signal() && payload.items() == name.items());
			return payload;
		}
	}

	private SeekableByteChannel open(SpoolFileName name) throws IOException {
		return Files.newByteChannel(this.path.resolve(name.toString()), StandardOpenOption.READ,
				LinkOption.NOFOLLOW_LINKS);
	}

	private void requireSame(SpoolFileName name, boolean same) throws CorruptSpoolFileException {
		if (!same) {
			throw new CorruptSpoolFileException("the content of '" + name + "' is that of another file");
		}
	}

	/**
	 * Delete a file. If that fails, the directory stays locked, so that nobody delivers
	 * the file again before the process ends.
	 */
	void delete(SpoolFileName name) throws IOException {
		Files.deleteIfExists(this.path.resolve(name.toString()));
		this.files.remove(name);
	}

	/**
	 * Let others have it, or delete it if there are no files to have.
	 */
	@Override
	public void close() throws IOException {
		try {
			if (isEmpty()) {
				Files.deleteIfExists(this.path.resolve(LOCK));
			}
		}
		finally {
			unlock(this.lock, this.claim);
		}
		deleteIfEmpty(this.path);
	}

	private static void unlock(@Nullable FileChannel lock, JvmClaim claim) throws IOException {
		// In this order: with the claim, another spool of this JVM may open the file.
		try (claim; lock) {
			return;
		}
	}

	private static void deleteIfEmpty(Path directory) throws IOException {
		try {
			Files.deleteIfExists(directory);
		}
		catch (DirectoryNotEmptyException ex) {
			// There are files, or foreign ones, in it.
		}
	}

}
