package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DeliveryExecutor}.
 */
@Timeout(60)
final class DeliveryExecutorTests {

	private final DeliveryExecutor executor = new DeliveryExecutor();

	private final CountDownLatch ended = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.executor.close();
	}

	@Test
	void endsAfterSomeTime() throws Exception {
		this.executor.whenClosed(this.ended::countDown);
		this.executor.endAfter(Duration.ofMillis(1));
		assertThat(this.ended.await(30, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.executor.execute(() -> {
		}));
		CountDownLatch late = new CountDownLatch(1);
		this.executor.whenClosed(late::countDown);
		assertThat(late.getCount()).isZero();
	}

	@Test
	void takesTasksUntilItsTimeIsOver() throws Exception {
		this.executor.endAfter(Duration.ofMinutes(1));
		this.executor.execute(this.ended::countDown);
		assertThat(this.ended.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void takesTasksAgainWhenItIsResumed() throws Exception {
		this.executor.whenClosed(this.ended::countDown);
		this.executor.endAfter(Duration.ofMillis(1));
		assertThat(this.ended.await(30, TimeUnit.SECONDS)).isTrue();
		this.executor.resume();
		CountDownLatch done = new CountDownLatch(1);
		this.executor.execute(done::countDown);
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void anEndFromBeforeTheResumeDoesNothing() throws Exception {
		AtomicInteger ends = new AtomicInteger();
		this.executor.whenClosed(ends::incrementAndGet);
		this.executor.endAfter(Duration.ofMillis(50));
		this.executor.resume();
		CountDownLatch later = new CountDownLatch(1);
		this.executor.executeAfter(Duration.ofMillis(200), later::countDown);
		assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(ends).hasValue(0);
		this.executor.execute(this.ended::countDown);
		assertThat(this.ended.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void givesUpWhatIsOnItsWayAndTakesMore() throws Exception {
		AtomicInteger given = new AtomicInteger();
		this.executor.whenClosed(given::incrementAndGet);
		Runnable over = given::incrementAndGet;
		this.executor.whenClosed(over);
		this.executor.forget(over);
		this.executor.giveUp();
		assertThat(given).hasValue(1);
		this.executor.execute(this.ended::countDown);
		assertThat(this.ended.await(30, TimeUnit.SECONDS)).isTrue();
	}

}
