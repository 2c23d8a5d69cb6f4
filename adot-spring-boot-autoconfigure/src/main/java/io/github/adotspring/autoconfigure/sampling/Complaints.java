package io.github.adotspring.autoconfigure.sampling;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells what is wrong with answers once and not again with every answer. What was wrong,
 * came right and is wrong again is told again.
 */
final class Complaints {

	private static final int MAX_TOLD = 10;

	private final Consumer<String> listener;

	private Set<String> known = Set.of();

	Complaints(Consumer<String> listener) {
		this.listener = listener;
	}

	/**
	 * Tell what is new.
	 * @param complaints everything that is wrong with an answer
	 */
	synchronized void update(List<String> complaints) {
		List<String> fresh = complaints.stream()
			.distinct()
			.filter((complaint) -> !this.known.contains(complaint))
			.toList();
		fresh.stream().limit(MAX_TOLD).forEach(this.listener);
		if (fresh.size() > MAX_TOLD) {
			this.listener.accept((fresh.size() - MAX_TOLD) + " more are left out");
		}
		this.known = Set.copyOf(complaints);
	}

}
