package io.github.adotspring.autoconfigure.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The requests that an endpoint has read so far, and a place to wait for more.
 */
final class ReceivedRequests {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition grown = this.lock.newCondition();

	private final List<Entry> entries = new ArrayList<>();

	private final Duration patience;

	ReceivedRequests(Duration patience) {
		this.patience = patience;
	}

	void add(ReceivedRequest request, Verdict verdict, Answer answer) {
		this.lock.lock();
		try {
			this.entries.add(new Entry(request, verdict, answer));
			this.grown.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	List<ReceivedRequest> all() {
		return entries().stream().map(Entry::request).toList();
	}

	List<Verdict.Refused> refusals() {
		return entries().stream()
			.map(Entry::verdict)
			.filter(Verdict.Refused.class::isInstance)
			.map(Verdict.Refused.class::cast)
			.toList();
	}

	List<ReceivedSpan> spans() {
		return entries().stream()
			.filter(Entry::isStored)
			.map(Entry::request)
			.filter((request) -> request.path().equals("/v1/traces"))
			.flatMap((request) -> ReceivedSpan.in(request.traces()).stream())
			.toList();
	}

	/**
	 * Waits until there are {@code count} of the things that {@code current} finds.
	 */
	<T> List<T> await(int count, String what, Supplier<List<T>> current) {
		long remaining = this.patience.toNanos();
		this.lock.lock();
		try {
			List<T> found = current.get();
			while (found.size() < count) {
				if (remaining <= 0) {
					throw new AssertionError("Expected %d %s within %s but there were %d.%n%s".formatted(count, what,
							this.patience, found.size(), describe()));
				}
				remaining = this.grown.awaitNanos(remaining);
				found = current.get();
			}
			return found;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + what, ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Entry> entries() {
		this.lock.lock();
		try {
			return List.copyOf(this.entries);
		}
		finally {
			this.lock.unlock();
		}
	}

	private String describe() {
		return this.entries.isEmpty() ? "No request was received at all."
				: this.entries.stream()
					.map(Entry::toString)
					.collect(Collectors.joining(System.lineSeparator() + "  ", "Received:%n  ".formatted(), ""));
	}

	/**
	 * A request, what the endpoint thinks of it and what it answers.
	 */
	private record Entry(ReceivedRequest request, Verdict verdict, Answer answer) {

		boolean isStored() {
			return this.answer.kind() == Answer.Kind.VERIFIED && this.verdict instanceof Verdict.Accepted;
		}

		@Override
		public String toString() {
			return this.request + ": " + switch (this.answer.kind()) {
				case CLOSED -> "connection closed as told, judged " + this.verdict;
				case SCRIPTED -> "answered " + this.answer.status() + " as told, judged " + this.verdict;
				case VERIFIED -> this.verdict;
			};
		}

	}

}
