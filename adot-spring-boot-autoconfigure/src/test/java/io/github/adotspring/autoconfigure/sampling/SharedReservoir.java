package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How the servers of the tests share a reservoir among the clients that report: by what
 * they need, and never more than there is. How X-Ray does it is not public.
 */
final class SharedReservoir {

	/** How long a quota is valid. */
	static final Duration TTL = Duration.ofSeconds(15);

	/** When a client that reported no more is forgotten. */
	private static final Duration ACTIVE = Duration.ofSeconds(30);

	private final Map<String, Grant> grants = new HashMap<>();

	/**
	 * Give a client its part until {@link #TTL} is over.
	 * @param demand requests it had since it last reported
	 * @param size requests a second that all clients may sample
	 */
	int grant(String client, long demand, int size, Instant now) {
		this.grants.remove(client);
		this.grants.values().removeIf((grant) -> grant.reported().plus(ACTIVE).isBefore(now));
		long all = demand + this.grants.values().stream().mapToLong(Grant::demand).sum();
		int share = (all > 0) ? (int) Math.ceil(size * (double) demand / all) : 0;
		int quota = Math.max(0, Math.min(share, size - granted(now)));
		this.grants.put(client, new Grant(demand, quota, now));
		return quota;
	}

	private int granted(Instant now) {
		return this.grants.values()
			.stream()
			.filter((grant) -> grant.reported().plus(TTL).isAfter(now))
			.mapToInt(Grant::quota)
			.sum();
	}

	private record Grant(long demand, int quota, Instant reported) {

	}

}
