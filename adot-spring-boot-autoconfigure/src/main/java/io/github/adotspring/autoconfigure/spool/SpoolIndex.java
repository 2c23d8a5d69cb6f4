package io.github.adotspring.autoconfigure.spool;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * What is in the files of a spool, in memory, so that a status can be told without
 * waiting for the disk. A file is free, or claimed by somebody who delivers it.
 */
final class SpoolIndex {

	private final Map<Signal, Held> held = new EnumMap<>(Signal.class);

	private final Map<Queue, TreeSet<SpooledFile>> free = new HashMap<>();

	private long claimedBytes;

	synchronized void addClaimed(SpooledFile file) {
		held(file.name().signal()).add(file);
		this.claimedBytes += file.bytes();
	}

	/**
	 * Claim the oldest free file of a destination.
	 */
	synchronized @Nullable SpooledFile claim(Signal signal, String destination) {
		TreeSet<SpooledFile> files = this.free.get(new Queue(signal, destination));
		return (files != null) ? claim(files.first()) : null;
	}

	/**
	 * Claim the oldest free file of all, if it was stored before a time.
	 */
	synchronized @Nullable SpooledFile claimOldest(Instant before) {
		return this.free.values()
			.stream()
			.map(SortedSet::first)
			.min(Comparator.naturalOrder())
			.filter((file) -> file.name().storedAt().isBefore(before))
			.map(this::claim)
			.orElse(null);
	}

	private SpooledFile claim(SpooledFile file) {
		this.free.computeIfPresent(Queue.of(file), (queue, files) -> {
			files.remove(file);
			return files.isEmpty() ? null : files;
		});
		this.claimedBytes += file.bytes();
		return file;
	}

	/**
	 * Free a claimed file. One that was forgotten meanwhile stays so.
	 */
	synchronized void release(SpooledFile file) {
		if (!held(file.name().signal()).files.contains(file)) {
			return;
		}
		this.free.computeIfAbsent(Queue.of(file), (queue) -> new TreeSet<>()).add(file);
		this.claimedBytes -= file.bytes();
	}

	/**
	 * Forget a claimed file.
	 * @return whether it was not forgotten before
	 */
	synchronized boolean remove(SpooledFile file) {
		boolean removed = held(file.name().signal()).remove(file);
		if (removed) {
			this.claimedBytes -= file.bytes();
		}
		return removed;
	}

	/**
	 * Forget all files.
	 */
	synchronized void clear() {
		this.held.clear();
		this.free.clear();
		this.claimedBytes = 0;
	}

	synchronized long bytes() {
		return this.held.values().stream().mapToLong((held) -> held.bytes).sum();
	}

	synchronized long claimedBytes() {
		return this.claimedBytes;
	}

	synchronized SpoolStatus status(Signal signal) {
		return held(signal).status();
	}

	synchronized long items(Signal signal, String destination) {
		return held(signal).files.stream()
			.filter((file) -> file.destination().equals(destination))
			.mapToLong((file) -> file.name().items())
			.sum();
	}

	private Held held(Signal signal) {
		return this.held.computeIfAbsent(signal, (key) -> new Held());
	}

	/**
	 * What is delivered in its order.
	 *
	 * @param signal the signal
	 * @param destination where to
	 */
	private record Queue(Signal signal, String destination) {

		static Queue of(SpooledFile file) {
			return new Queue(file.name().signal(), file.destination());
		}

	}

	/**
	 * The files of a signal.
	 */
	private static final class Held {

		private final TreeSet<SpooledFile> files = new TreeSet<>();

		private long items;

		private long bytes;

		void add(SpooledFile file) {
			this.files.add(file);
			this.items += file.name().items();
			this.bytes += file.bytes();
		}

		boolean remove(SpooledFile file) {
			boolean removed = this.files.remove(file);
			if (removed) {
				this.items -= file.name().items();
				this.bytes -= file.bytes();
			}
			return removed;
		}

		SpoolStatus status() {
			return new SpoolStatus(this.files.size(), this.items, this.bytes,
					this.files.isEmpty() ? null : this.files.first().name().storedAt());
		}

	}

}
