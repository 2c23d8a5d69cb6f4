package io.github.adotspring.autoconfigure.sampling;

import java.util.Random;

import io.github.adotspring.autoconfigure.sampling.Fleet.Load;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FleetSimulationTests {

	private static final int SIZE = 50;

	private static final int WARM_UP_SECONDS = 60;

	private static final Load STEADY = (second, instance) -> 20;

	private final VirtualClock clock = new VirtualClock();

	private StatefulXray xray = new StatefulXray(this.clock, SamplingRules.rule("Default", 10000, 0.05, 100));

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
	void burstyLoad() {
		Random random = new Random(3);
		Load load = (second, instance) -> ((second / 30 % 2 == 0) ? 4 : 20) + ((random.nextInt(5) == 0) ? 40 : 0);
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
	void ruleThatChanges() {
		Fleet fleet = warm(STEADY);
		fleet.run(300, STEADY);
		this.xray.change(SamplingRules.rule("Default", 10000, 0.1, 50));
		fleet.run(300, STEADY);
		this.xray.change(SamplingRules.rule("Default", 10000, 0.02, 150));
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void outageWithOneOfTheReservoirForEach() {
		this.xray = new StatefulXray(this.clock, SamplingRules.rule("Default", 10000, 0.05, SIZE));
		Fleet fleet = warm(STEADY);
		outage(fleet, 600);
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void outageWithMoreInstancesThanReservoir() {
		int reservoir = 10;
		this.xray = new StatefulXray(this.clock, SamplingRules.rule("Default", 10000, 0, reservoir));
		Fleet fleet = warm(STEADY);
		outage(fleet, 600);
		verifyRate(fleet);
		assertThat(fleet.highestOfFleet()).as("in the outage").isEqualTo(reservoir);
		note(fleet);
		fleet.run(300, STEADY);
		assertThat(fleet.highestOfInstance()).as("of an instance").isLessThanOrEqualTo(reservoir);
		assertThat(fleet.highestOfFleet()).as("after the outage").isLessThanOrEqualTo(2 * reservoir);
		finish(fleet);
	}

	@Test
	void outageWithALargeReservoirSamplesLessAndNeverMore() {
		this.xray = new StatefulXray(this.clock, SamplingRules.rule("Default", 10000, 0, 200));
		Fleet fleet = warm(STEADY);
		outage(fleet, 600);
		assertThat(fleet.highestOfFleet()).isEqualTo(200);
		assertThat(fleet.sampled()).isBetween(600L * SIZE, (long) fleet.expected());
		fleet.run(60, STEADY);
		note(fleet);
		fleet.run(300, STEADY);
		verifyRate(fleet);
		finish(fleet);
	}

	@Test
	void outageOfHours() {
		Fleet fleet = warm(STEADY);
		this.xray.down(true);
		fleet.run(4200, STEADY);
		note(fleet);
		fleet.run(10, STEADY);
		// One a second and five percent, in each instance.
		assertThat(fleet.sampled()).isCloseTo(10 * (SIZE + 48), within(60L));
		this.xray.down(false);
		fleet.run(320, STEADY);
		note(fleet);
		fleet.run(300, STEADY);
		verifyRate(fleet);
	}

	private Fleet warm(Load load) {
		Fleet fleet = new Fleet(this.clock, this.xray, SIZE);
		fleet.run(WARM_UP_SECONDS, load);
		note(fleet);
		return fleet;
	}

	private void outage(Fleet fleet, int seconds) {
		this.xray.down(true);
		fleet.run(seconds, STEADY);
		this.xray.down(false);
	}

	private void verifyRate(Fleet fleet) {
		System.out.printf("%-48s expected %8.0f sampled %8d deviation %+5.1f %%, highest in a second %d%n", this.name,
				fleet.expected(), fleet.sampled(), 100 * fleet.deviation(), fleet.highestOfFleet());
		assertThat(fleet.deviation()).isCloseTo(0, within(0.05));
	}

	private void note(Fleet fleet) {
		this.requests += fleet.requests();
		this.sampled += fleet.sampled();
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
