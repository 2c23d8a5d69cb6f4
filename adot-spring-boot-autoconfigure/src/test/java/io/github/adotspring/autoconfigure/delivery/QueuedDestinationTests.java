package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.delivery.DeliveryProperties.Retry;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QueuedDestination}.
 */
@Timeout(30)
final class QueuedDestinationTests {

	private static final int MAX_IN_FLIGHT = 8;

	private final DeliveryExecutor executor = new DeliveryExecutor();

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.gate.countDown();
		this.executor.close();
	}

	@Test
	void callersDoNotWaitAndWhatWaitsIsBounded() throws Exception {
		List<Integer> sent = new CopyOnWriteArrayList<>();
		QueuedDestination destination = destination((payload) -> {
			await();
			sent.add(payload.items());
			return Outcome.delivered(0);
		}, Duration.ofSeconds(20));
		List<CompletableFuture<Outcome>> outcomes = deliver(destination, MAX_IN_FLIGHT + 1);
		assertThat(outcomes.get(MAX_IN_FLIGHT).getNow(null).failure()).isEqualTo(Failure.TOO_MANY_IN_FLIGHT);
		assertThat(outcomes.get(0)).isNotDone();
		this.gate.countDown();
		for (CompletableFuture<Outcome> outcome : outcomes.subList(0, MAX_IN_FLIGHT)) {
			assertThat(outcome.get(10, TimeUnit.SECONDS).isDelivered()).isTrue();
		}
		assertThat(sent).hasSize(MAX_IN_FLIGHT).isSorted();
		assertThat(deliver(destination, 1).get(0).get(10, TimeUnit.SECONDS).isDelivered()).isTrue();
	}

	@Test
	void whatBreaksHoldsNoPlace() throws Exception {
		for (Function<Payload, Outcome> broken : List.<Function<Payload, Outcome>>of((payload) -> {
			throw new IllegalStateException("broken");
		}, (payload) -> {
			throw new NoSuchMethodError("another version");
		})) {
			QueuedDestination destination = destination(broken, Duration.ofSeconds(20));
			for (int i = 0; i < 2 * MAX_IN_FLIGHT; i++) {
				assertThat(deliver(destination, 1).get(0).get(10, TimeUnit.SECONDS).failure())
					.isEqualTo(Failure.INVALID);
			}
		}
	}

	@Test
	void everythingIsAnsweredWhenTheApplicationEnds() throws Exception {
		QueuedDestination destination = destination((payload) -> {
			await();
			return Outcome.delivered(0);
		}, Duration.ofMinutes(5));
		List<CompletableFuture<Outcome>> outcomes = deliver(destination, MAX_IN_FLIGHT);
		this.executor.close();
		for (CompletableFuture<Outcome> outcome : outcomes) {
			assertThat(outcome.get(10, TimeUnit.SECONDS).failure()).isEqualTo(Failure.CLOSED);
		}
	}

	@Test
	void everythingIsAnsweredInTime() throws Exception {
		QueuedDestination destination = destination((payload) -> {
			await();
			return Outcome.delivered(0);
		}, Duration.ofMillis(50));
		for (CompletableFuture<Outcome> outcome : deliver(destination, MAX_IN_FLIGHT)) {
			assertThat(outcome.get(10, TimeUnit.SECONDS).failure()).isEqualTo(Failure.TIMEOUT);
		}
	}

	private QueuedDestination destination(Function<Payload, Outcome> sender, Duration timeout) {
		return new QueuedDestination(sender, 1,
				new DeliveryProperties(timeout, null, null, MAX_IN_FLIGHT, Duration.ofSeconds(1),
						new Retry(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1))),
				this.executor);
	}

	private static List<CompletableFuture<Outcome>> deliver(QueuedDestination destination, int count) {
		List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			outcomes.add(destination.deliver(PayloadFixtures.metrics(new byte[0], i)));
		}
		return outcomes;
	}

	private void await() {
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
