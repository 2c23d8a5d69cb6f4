package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The spans that ended, by number, in a file that is mapped into memory: what is written
 * stays when the process is killed, and the next process goes on with the next number. A
 * number has four bytes: the milliseconds from an agreed time to the end of its span,
 * zero if it has not ended.
 */
public final class EndedSpans {

	private static final int MAX_SPANS = 4_000_000;

	private final long epoch;

	private final IntBuffer ends;

	private final int first;

	private final AtomicInteger next;

	private final AtomicInteger ended = new AtomicInteger();

	/**
	 * Open the file, or make it.
	 * @param file the file
	 * @param epoch the time from which ends count, in milliseconds since 1970
	 * @throws IOException if the file can't be mapped
	 */
	public EndedSpans(Path file, long epoch) throws IOException {
		this.epoch = epoch;
		this.ends = map(file).asIntBuffer();
		this.first = afterLast(this.ends);
		this.next = new AtomicInteger(this.first);
	}

	private static MappedByteBuffer map(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) MAX_SPANS * Integer.BYTES);
			mapped.order(ByteOrder.BIG_ENDIAN);
			return mapped;
		}
	}

	private static int afterLast(IntBuffer ends) {
		int after = MAX_SPANS;
		while (after > 0 && ends.get(after - 1) == 0) {
			after--;
		}
		return after;
	}

	int number() {
		return this.next.getAndIncrement();
	}

	void ended(int number) {
		this.ends.put(number, (int) Math.max(1, System.currentTimeMillis() - this.epoch));
		this.ended.incrementAndGet();
	}

	/**
	 * The first number of this process.
	 */
	int first() {
		return this.first;
	}

	/**
	 * How many spans of this process have ended.
	 */
	int count() {
		return this.ended.get();
	}

}
