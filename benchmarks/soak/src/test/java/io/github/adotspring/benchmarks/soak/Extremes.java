package io.github.adotspring.benchmarks.soak;

/**
 * The largest and smallest numbers of all samples.
 */
final class Extremes {

	private long leastOnTheirWay;

	private long mostOnTheirWay;

	private long mostQueued;

	private long mostSpooled;

	private long mostSpoolBytes;

	void add(NumbersRead numbers) {
		this.leastOnTheirWay = Math.min(this.leastOnTheirWay, numbers.onTheirWay());
		this.mostOnTheirWay = Math.max(this.mostOnTheirWay, numbers.onTheirWay());
		this.mostQueued = Math.max(this.mostQueued, numbers.get("queue"));
		this.mostSpooled = Math.max(this.mostSpooled, numbers.get("spooled"));
		this.mostSpoolBytes = Math.max(this.mostSpoolBytes, numbers.get("spoolBytes"));
	}

	long leastOnTheirWay() {
		return this.leastOnTheirWay;
	}

	long mostOnTheirWay() {
		return this.mostOnTheirWay;
	}

	long mostQueued() {
		return this.mostQueued;
	}

	long mostSpooled() {
		return this.mostSpooled;
	}

	long mostSpoolBytes() {
		return this.mostSpoolBytes;
	}

}
