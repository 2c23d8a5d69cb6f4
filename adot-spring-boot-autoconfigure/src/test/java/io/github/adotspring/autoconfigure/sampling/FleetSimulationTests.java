package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

import io.github.adotspring.autoconfigure.sampling.Fleet.Load;
import io.github.adotspring.autoconfigure.sampling.Fleet.Tally;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

/**
 * Fifty instances, one X-Ray and a virtual clock: the fleet is to sample the reservoir
 * and the rate, within five percent, and no instance more than one reservoir too many in
 * any second.
 */
class FleetSimulationTests {

	private static final int SIZE = 50;

	private static final int WARM_UP_SECONDS = 60;

	private static final Load STEADY = (second, instance) -> 20;

	/** One a second and five percent, in each instance under steady load. */
	private static final double FALLBACK_OF_ALL = SIZE + 19 * SIZE * 0.05;

	private static final IntFunction<@Nullable IOException> NONE = (instance) -> null;

	private static final IntFunction<@Nullable IOException> ALL = (instance) -> new IOException("no answer");

	private final VirtualClock clock = new VirtualClock();

	private final Random random = new Random(3);

	private StatefulXray xray = new StatefulXray(this.clock, rule(0.05, 100));

	private IntFunction<@Nullable IOException> outage = NONE;

	private long requests;

	private long sampled;

	private String name = "";

	@BeforeEach
	void nameLoad(TestInfo test) {
		this.name = test.getTestMethod().orElseThrow().getName();
	}

	@Test
	void steadyLoad() {
		Fleet fleet = warm(STEADY);
		fleet.run(600, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void steadyLoadOverHttp() {
		try (SamplingServer server = SamplingServer.proxy(this.clock.withZone(ZoneOffset.UTC))) {
			server.state().put("Default", Map.of("Priority", 10000, "FixedRate", 0.05, "ReservoirSize", 100));
			SamplingConnection connection = new SamplingConnection(Duration.ofSeconds(20), Duration.ofSeconds(20));
			Fleet fleet = new Fleet(this.clock,
					new HttpSamplingApi(SamplingRequests.unsigned(server.url()), connection, (warning) -> {
					}), this.xray::rules, NONE);
			fleet.scale(SIZE);
			fleet.run(WARM_UP_SECONDS, STEADY);
			note(fleet);
			fleet.run(120, STEADY);
			verifyRate(fleet);
			fleet.drain();
			note(fleet);
			SamplingState.Totals totals = server.state().totals("Default");
			assertThat(totals.requests()).isEqualTo(this.requests);
			assertThat(totals.sampled()).isEqualTo(this.sampled);
		}
	}

	@Test
	void burstyLoad() {
		Load load = (second, instance) -> ((second / 30 % 2 == 0) ? 4 : 20) + ((this.random.nextInt(5) == 0) ? 40 : 0);
		Fleet fleet = warm(load);
		fleet.run(600, load);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void loadThatShifts() {
		// X-Ray needs the time of a quota and a poll to move the reservoir to the other
		// half.
		Load load = (second, instance) -> ((second / 300 + instance) % 2 == 0) ? 100 : 0;
		Fleet fleet = warm(load);
		fleet.run(1200, load);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void loadThatShiftsInPart() {
		Load load = (second, instance) -> ((second / 60 + instance) % 2 == 0) ? 30 : 10;
		Fleet fleet = warm(load);
		fleet.run(1200, load);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void severalRules() {
		this.xray = new StatefulXray(this.clock, SamplingRules.ofPath("checkout", 1, "/checkout", 0.2, 75),
				SamplingRules.ofPath("health", 2, "/health", 0, 0), rule(0.05, 50));
		Fleet fleet = warm(STEADY);
		fleet.run(300, STEADY);
		for (String rule : new String[] { "checkout", "Default" }) {
			assertThat(fleet.of(rule).deviation()).as(rule).isCloseTo(0, within(0.05));
		}
		assertThat(fleet.of("health")).isEqualTo(new Tally(300L * 20 * SIZE, 0, 0));
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void ruleThatChanges() {
		Fleet fleet = warm(STEADY);
		fleet.run(300, STEADY);
		verifyRate(fleet);
		this.xray.change(rule(0.1, 50));
		fleet.run(300, STEADY);
		verifyRate(fleet);
		this.xray.change(rule(0.02, 150));
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void ruleThatChangesWhenAnOutageBegins() {
		this.xray = new StatefulXray(this.clock, rule(0.05, SIZE));
		Fleet fleet = warm(STEADY);
		this.xray.change(rule(0.1, SIZE));
		fleet.run(5, STEADY);
		note(fleet);
		outage(fleet, 300, STEADY);
		// Some know the new rule, the others go on by the old one.
		double byTheOldRule = 300 * (SIZE + 19 * SIZE * 0.05);
		assertThat((double) fleet.all().sampled()).isBetween(byTheOldRule * 1.05, fleet.all().expected() * 0.95);
		printUnheld(fleet, "in the outage");
		note(fleet);
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void outageWithOneOfTheReservoirForEach() {
		this.xray = new StatefulXray(this.clock, rule(0.05, SIZE));
		Fleet fleet = warm(STEADY);
		outage(fleet, 600, STEADY);
		verifyRate(fleet);
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void outageWithMoreInstancesThanReservoir() {
		int reservoir = 10;
		this.xray = new StatefulXray(this.clock, rule(0, reservoir));
		Fleet fleet = warm(STEADY);
		outage(fleet, 600, STEADY);
		assertThat(fleet.highestOfFleet()).as("in the outage").isEqualTo(reservoir);
		verifyRate(fleet);
		fleet.run(300, STEADY);
		assertThat(fleet.highestOfFleet()).as("after the outage").isLessThanOrEqualTo(2 * reservoir);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void outageWithALargeReservoir() {
		this.xray = new StatefulXray(this.clock, rule(0, 200));
		Fleet fleet = warm(STEADY);
		outage(fleet, 600, STEADY);
		assertThat(fleet.highestOfFleet()).isEqualTo(200);
		verifyRate(fleet);
		fleet.run(60, STEADY);
		// X-Ray gives all of it to those that ask first, and others still have theirs.
		assertThat(fleet.highestOfFleet()).isLessThanOrEqualTo(2 * 200);
		printUnheld(fleet, "the minute after");
		note(fleet);
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 20, 120 })
	void noInstanceMakesUpForAnOutage(int seconds) {
		// So much load that more than a reservoir too many would be seen.
		Load load = (second, instance) -> 60;
		this.xray = new StatefulXray(this.clock, rule(0.01, 5));
		Fleet fleet = warm(load);
		for (int i = 0; i < 3; i++) {
			outage(fleet, seconds, load);
			note(fleet);
			fleet.run(120, load);
			assertThat(fleet.highestOfFleet()).isLessThanOrEqualTo(2 * 5 + 70);
			verifyRate(fleet);
		}
		finish(fleet);
	}

	@Test
	void outageOfHours() {
		this.xray = new StatefulXray(this.clock, rule(0.05, 5));
		Fleet fleet = warm(STEADY);
		this.outage = ALL;
		fleet.run(3000, STEADY);
		verifyRate(fleet);
		fleet.run(1200, STEADY);
		note(fleet);
		fleet.run(3600, STEADY);
		assertThat((double) fleet.all().sampled()).isCloseTo(3600 * FALLBACK_OF_ALL, withinPercentage(1));
		note(fleet);
		recover(fleet);
	}

	@Test
	void outageBeforeTheFirstAnswer() {
		this.xray = new StatefulXray(this.clock, rule(0.05, 5));
		this.outage = ALL;
		Fleet fleet = warm(STEADY);
		fleet.run(600, STEADY);
		assertThat((double) fleet.all().sampled()).isCloseTo(600 * FALLBACK_OF_ALL, withinPercentage(1));
		note(fleet);
		recover(fleet);
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 100 })
	void callsThatFailAtRandom(int reservoir) {
		this.xray = new StatefulXray(this.clock, rule(0.05, reservoir));
		Fleet fleet = warm(STEADY);
		this.outage = (instance) -> (this.random.nextInt(100) < 30) ? new IOException("no answer") : null;
		fleet.run(600, STEADY);
		verifyRate(fleet);
		this.outage = NONE;
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void someAreThrottledAllTheTime() {
		Fleet fleet = warm(STEADY);
		this.outage = (instance) -> (instance % 10 == 0) ? new SamplingRefusal("Rate exceeded") : null;
		fleet.run(600, STEADY);
		// Each of them still takes one, of what X-Ray gave to the others.
		assertThat(fleet.all().sampled()).isLessThan((long) fleet.all().expected() + 600 * 5);
		verifyRate(fleet);
		this.outage = NONE;
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void someAreCutOff() {
		Fleet fleet = warm(STEADY);
		this.outage = (instance) -> (instance % 10 == 0) ? new IOException("no answer") : null;
		fleet.run(600, STEADY);
		// They go on with what they had, which X-Ray gives to the others too.
		assertThat(fleet.all().sampled()).isLessThan((long) fleet.all().expected() + 600 * 100 / 10 + 600 * 5);
		printUnheld(fleet, "while cut off");
		note(fleet);
		this.outage = NONE;
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void fleetThatGrowsAndShrinks() {
		Fleet fleet = fleet();
		fleet.scale(10);
		fleet.run(WARM_UP_SECONDS, STEADY);
		note(fleet);
		fleet.run(300, STEADY);
		verifyRate(fleet);
		fleet.scale(SIZE);
		fleet.run(300, STEADY);
		verifyRate(fleet);
		fleet.scale(10);
		// The quotas of those that are gone have to end first.
		fleet.run(600, STEADY);
		verifyRate(fleet);
	}

	private static SamplingRule rule(double rate, int reservoir) {
		return SamplingRules.rule("Default", 10000, rate, reservoir);
	}

	private Fleet fleet() {
		return new Fleet(this.clock, this.xray, this.xray::rules, (instance) -> this.outage.apply(instance));
	}

	private Fleet warm(Load load) {
		Fleet fleet = fleet();
		fleet.scale(SIZE);
		fleet.run(WARM_UP_SECONDS, load);
		note(fleet);
		return fleet;
	}

	private void outage(Fleet fleet, int seconds, Load load) {
		this.outage = ALL;
		fleet.run(seconds, load);
		this.outage = NONE;
	}

	/**
	 * What an instance does until it asks for rules again is no more than it did in the
	 * outage.
	 */
	private void recover(Fleet fleet) {
		this.outage = NONE;
		fleet.run(320, STEADY);
		assertThat(fleet.all().sampled()).isLessThan((long) (320 * FALLBACK_OF_ALL * 1.05));
		printUnheld(fleet, "while it recovers");
		note(fleet);
		fleet.run(300, STEADY);
		verifyRate(fleet);
	}

	private void verifyRate(Fleet fleet) {
		print(fleet, this.name);
		double deviation = fleet.all().deviation();
		note(fleet);
		assertThat(deviation).isCloseTo(0, within(0.05));
	}

	/**
	 * Print what is not held to five percent too, so that the table tells all.
	 */
	private void printUnheld(Fleet fleet, String phase) {
		print(fleet, this.name + ", " + phase);
	}

	private static void print(Fleet fleet, String what) {
		Tally all = fleet.all();
		System.out.printf("%-48s expected %8.0f sampled %8d deviation %+5.1f %%, highest in a second %d%n", what,
				all.expected(), all.sampled(), 100 * all.deviation(), fleet.highestOfFleet());
	}

	/**
	 * Begin anew, after a check of every second and instance.
	 */
	private void note(Fleet fleet) {
		assertThat(fleet.overshoot()).as("more than one reservoir too many").isLessThanOrEqualTo(0);
		this.requests += fleet.all().requests();
		this.sampled += fleet.all().sampled();
		fleet.reset();
	}

	private void finish(Fleet fleet) {
		fleet.drain();
		note(fleet);
		// What was made is what X-Ray was told, whatever failed in between.
		assertThat(this.xray.requests()).isEqualTo(this.requests);
		assertThat(this.xray.sampled()).isEqualTo(this.sampled);
	}

}
