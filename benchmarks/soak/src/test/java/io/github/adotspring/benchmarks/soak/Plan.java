package io.github.adotspring.benchmarks.soak;

import java.time.Duration;

import org.springframework.boot.convert.DurationStyle;

/**
 * How long and how fast, from the system properties {@code soak.duration},
 * {@code soak.outage} and {@code soak.spans-per-second}.
 *
 * @param duration the time of one run
 * @param outage the time in which the collector is down, in thirds: connections are
 * refused, answers do not come, connections are refused
 * @param warmUp the time from a start of the application until it is measured
 * @param spansPerSecond spans that the application makes
 */
record Plan(Duration duration, Duration outage, Duration warmUp, int spansPerSecond) {

	private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(30);

	static Plan ofSystemProperties() {
		Duration duration = duration("soak.duration", "10m");
		Duration outage = duration("soak.outage", duration.toSeconds() * 3 / 10 + "s");
		Duration tenth = duration.dividedBy(10);
		return new Plan(duration, outage, (tenth.compareTo(LONGEST_WARM_UP) < 0) ? tenth : LONGEST_WARM_UP,
				Integer.getInteger("soak.spans-per-second", 1000));
	}

	private static Duration duration(String property, String defaultValue) {
		return DurationStyle.detectAndParse(System.getProperty(property, defaultValue));
	}

	/**
	 * From the start to the outage.
	 */
	Duration before() {
		return this.duration.minus(this.outage).dividedBy(2);
	}

	Duration thirdOfOutage() {
		return this.outage.dividedBy(3);
	}

}
