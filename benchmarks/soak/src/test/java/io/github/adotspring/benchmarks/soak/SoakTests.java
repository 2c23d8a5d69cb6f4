package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of an application and its spans when the collector is down for minutes and
 * the application is killed meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SoakTests {

	private static final long BATCH = 512;

	/** What {@code management.adot.delivery.max-in-flight} allows, and the replay. */
	private static final long IN_FLIGHT = 5 * BATCH;

	private static final long SDK = 2048 + BATCH;

	/**
	 * A span may wait five seconds for its batch, and one second for an answer before it
	 * is stored.
	 */
	private static final int IN_MEMORY_MILLIS = 6_000;

	private final Plan plan = Plan.ofSystemProperties();

	private final Report report = new Report();

	@Test
	void losesNothingWithTheSpoolButWhatWasInMemoryWhenItWasKilled() throws Exception {
		Findings findings = run(true);
		keepsAccounts(findings);
		assertThat(findings.killedNumbers().countedAsLost()).isZero();
		assertThat(findings.killed().lost()).isLessThanOrEqualTo((int) (SDK + IN_FLIGHT));
		assertThat(findings.killed().oldestLostMillis()).isLessThan(IN_MEMORY_MILLIS);
		assertThat(findings.ended().lost()).isZero();
		assertThat(findings.endedNumbers().countedAsLost()).isZero();
		assertThat(findings.endedNumbers().get("recovered")).isGreaterThan(0);
		assertThat(findings.endedNumbers().get("spooled")).isZero();
	}

	@Test
	void countsEverythingThatIsLostWithoutTheSpool() throws Exception {
		Findings findings = run(false);
		keepsAccounts(findings);
		assertThat(findings.endedNumbers().countedAsLost()).isGreaterThan(0)
			.isGreaterThanOrEqualTo(findings.ended().lost());
		assertThat(findings.killedNumbers().countedAsLost()).isGreaterThan(0);
		// What was in memory could not be counted any more.
		assertThat(findings.killed().lost())
			.isLessThanOrEqualTo((int) (findings.killedNumbers().countedAsLost() + SDK + IN_FLIGHT));
	}

	private Findings run(boolean spool) throws IOException, InterruptedException {
		Findings findings = new SoakRun(this.plan, spool).run();
		this.report.add(findings);
		return findings;
	}

	private void keepsAccounts(Findings findings) {
		assertThat(findings.unknown()).isZero();
		assertThat(findings.ended().made()).isEqualTo((int) findings.endedNumbers().get("ended"));
		assertThat(findings.endedNumbers().get("received")).isEqualTo(findings.ended().made());
		assertThat(findings.endedNumbers().onTheirWay()).isZero();
		assertThat(findings.killedNumbers().get("exported")).isLessThanOrEqualTo(findings.killed().delivered());
		// The numbers are not read at one instant, in which one batch can go on.
		assertThat(findings.extremes().leastOnTheirWay()).isGreaterThanOrEqualTo(-BATCH);
		assertThat(findings.extremes().mostOnTheirWay()).isLessThanOrEqualTo(IN_FLIGHT + BATCH);
		doesNotGrow(findings);
	}

	private void doesNotGrow(Findings findings) {
		for (Mark mark : findings.marks()) {
			Mark first = findings.marks()
				.stream()
				.filter((other) -> other.process() == mark.process())
				.findFirst()
				.orElseThrow();
			assertThat(mark).satisfies((grown) -> assertThat(grown.isGrownFrom(first)).isFalse());
		}
	}

	@AfterAll
	void print() throws IOException {
		System.out.println(this.report);
		Files.writeString(Path.of(System.getProperty("soak.directory"), "report.md"), this.report.toString());
	}

}
