package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Requests that wait on disk while their destination can't be reached. They outlive the
 * process: the next spool on the same directory takes over what a spool has left, whether
 * it was closed or its process was killed. Any number of live spools share a directory,
 * also in one JVM, and never deliver what another one holds.
 * <p>
 * It has no threads, does nothing before its first use, and never throws. Every method
 * but those of the status may wait for the disk.
 */
public final class Spool implements AutoCloseable {

	private final SpoolDirectory directory;

	private final long maxSize;

	private final Duration maxAge;

	private final Clock clock;

	private final SpoolListener listener;

	private final SpoolIndex index = new SpoolIndex();

	private volatile @Nullable String problem;

	private long number;

	private boolean closed;

	/**
	 * Create the spool. This does not touch the disk.
	 * @param directory the directory, which is created when it is needed; one that is
	 * there must belong to the user and be writable by nobody else
	 * @param maxSize the most that all processes together keep in it; what others have
	 * written in the last five seconds may come on top
	 * @param maxAge longest time that a payload waits
	 * @param clock the time
	 * @param listener told of what is given up
	 */
	public Spool(Path directory, DataSize maxSize, Duration maxAge, Clock clock, SpoolListener listener) {
		this.directory = new SpoolDirectory(directory, clock);
		this.maxSize = maxSize.toBytes();
		this.maxAge = maxAge;
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * Store a payload, to be given out by {@link #oldest}. The oldest that this spool has
	 * make room for it.
	 * @param payload the payload
	 * @return its entry, which is released already, or why there is none
	 */
	public synchronized StoreResult store(SpooledPayload payload) {
		StoreResult result = hold(payload);
		if (result.entry() != null) {
			result.entry().release();
		}
		return result;
	}

	/**
	 * Store a payload that the caller is still trying to deliver. It is given out by
	 * {@link #oldest} once its entry is released, or by another process if this one dies.
	 * @param payload the payload
	 * @return its entry, or why there is none
	 */
	public synchronized StoreResult hold(SpooledPayload payload) {
		if (this.closed) {
			return StoreResult.refused(SpoolLoss.SPOOL_UNAVAILABLE, "the spool is closed");
		}
		try {
			ProcessDirectory own = this.directory.own();
			tidy();
			return write(own, payload);
		}
		catch (IOException | RuntimeException ex) {
			return StoreResult.refused(SpoolLoss.SPOOL_UNAVAILABLE, failed(ex));
		}
	}

	private StoreResult write(ProcessDirectory own, SpooledPayload payload) throws IOException {
		byte[] content = SpoolFormat.encode(payload);
		if (!makeRoom(content.length)) {
			return StoreResult.refused(SpoolLoss.SPOOL_FULL, "%d bytes more would be too much for the %d bytes of '%s'"
				.formatted(content.length, this.maxSize, this.directory.path()));
		}
		SpoolFileName name = new SpoolFileName(this.clock.millis(), ++this.number, payload.signal(), payload.items());
		own.write(name, content);
		SpooledFile file = new SpooledFile(own, name, payload.destination(), content.length);
		this.index.addClaimed(file);
		this.problem = null;
		return StoreResult.stored(new SpoolEntry(this, file, payload));
	}

	private boolean makeRoom(long bytes) throws IOException {
		long others = this.directory.bytesOfOthers();
		if (others + this.index.claimedBytes() + bytes > this.maxSize) {
			return false;
		}
		while (others + this.index.bytes() + bytes > this.maxSize) {
			SpooledFile oldest = this.index.claimOldest(Instant.MAX);
			if (oldest == null) {
				return false;
			}
			lose(oldest, SpoolLoss.SPOOL_FULL);
		}
		return true;
	}

	/**
	 * Claim the oldest payload that waits for a destination, whoever stored it.
	 * @param signal the signal
	 * @param destination the destination, as it was stored
	 * @return its entry, {@code null} if none waits
	 */
	public synchronized @Nullable SpoolEntry oldest(Signal signal, String destination) {
		if (this.closed || !this.directory.exists()) {
			return null;
		}
		try {
			this.directory.own();
			tidy();
			this.problem = null;
			return claim(signal, destination);
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
			return null;
		}
	}

	private @Nullable SpoolEntry claim(Signal signal, String destination) throws IOException {
		SpooledFile file = this.index.claim(signal, destination);
		while (file != null) {
			try {
				return new SpoolEntry(this, file, file.directory().read(file.name()));
			}
			catch (CorruptSpoolFileException | NoSuchFileException ex) {
				lose(file, SpoolLoss.SPOOL_CORRUPT);
			}
			catch (IOException ex) {
				this.index.release(file);
				throw ex;
			}
			file = this.index.claim(signal, destination);
		}
		return null;
	}

	/**
	 * Take over what dead processes have left, and give up what is too old.
	 */
	private void tidy() throws IOException {
		this.directory.adopt(this::recover);
		Instant before = this.clock.instant().minus(this.maxAge);
		SpooledFile expired = this.index.claimOldest(before);
		while (expired != null) {
			lose(expired, SpoolLoss.SPOOL_EXPIRED);
			expired = this.index.claimOldest(before);
		}
	}

	private void recover(ProcessDirectory directory) throws IOException {
		List<SpooledFile> whole = new ArrayList<>();
		List<SpoolFileName> corrupt = new ArrayList<>();
		for (SpoolFileName name : directory.files()) {
			try {
				whole.add(directory.index(name));
			}
			catch (CorruptSpoolFileException | NoSuchFileException ex) {
				corrupt.add(name);
			}
		}
		for (SpoolFileName name : corrupt) {
			directory.delete(name);
			this.listener.recovered(name.signal(), name.items());
			this.listener.lost(name.signal(), name.items(), SpoolLoss.SPOOL_CORRUPT);
		}
		for (SpooledFile file : whole) {
			this.listener.recovered(file.name().signal(), file.name().items());
			this.index.addClaimed(file);
			this.index.release(file);
		}
	}

	private void lose(SpooledFile file, SpoolLoss reason) {
		delete(file);
		this.listener.lost(file.name().signal(), file.name().items(), reason);
	}

	synchronized boolean remove(SpooledFile file) {
		if (this.closed) {
			return false;
		}
		delete(file);
		return true;
	}

	private void delete(SpooledFile file) {
		if (!this.index.remove(file)) {
			// It was left to others while it was under way, and is not theirs after all.
			this.listener.recovered(file.name().signal(), file.name().items());
		}
		try {
			file.directory().delete(file.name());
			this.directory.closeIfDone(file.directory());
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	synchronized void release(SpooledFile file) {
		this.index.release(file);
	}

	/**
	 * What this spool holds of a signal. It does not wait for the disk.
	 * @param signal the signal
	 * @return numbers, all zero before the first use
	 */
	public SpoolStatus status(Signal signal) {
		return this.index.status(signal);
	}

	/**
	 * How many items this spool holds for one destination of a signal. It does not wait
	 * for the disk.
	 * @param signal the signal
	 * @param destination the destination, as it was stored
	 * @return the number of items
	 */
	public long items(Signal signal, String destination) {
		return this.index.items(signal, destination);
	}

	/**
	 * Why the directory can't be used. It does not wait for the disk.
	 * @return a reason for the log, {@code null} if the last use went well
	 */
	public @Nullable String problem() {
		return this.problem;
	}

	private String failed(Exception ex) {
		String reason = (ex.getClass() == IOException.class) ? String.valueOf(ex.getMessage())
				: ex.getClass().getSimpleName() + ": " + ex.getMessage();
		String problem = "'" + this.directory.path() + "' can't be used as spool: " + reason;
		this.problem = problem;
		return problem;
	}

	/**
	 * Leave what is stored as {@link #close} does, with no file open, until it is used
	 * again.
	 */
	public synchronized void release() {
		for (Signal signal : Signal.values()) {
			long items = this.index.status(signal).items();
			if (items > 0) {
				this.listener.recovered(signal, -items);
			}
		}
		this.index.clear();
		closeDirectory();
	}

	/**
	 * Leave what is stored to the next spool on the directory. Entries that are still
	 * claimed are left too, so deliveries should end before.
	 */
	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		closeDirectory();
	}

	private void closeDirectory() {
		try {
			this.directory.close();
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

}
