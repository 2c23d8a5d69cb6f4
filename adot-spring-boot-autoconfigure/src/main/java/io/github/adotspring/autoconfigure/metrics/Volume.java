package io.github.adotspring.autoconfigure.metrics;

/**
 * How much is sent, by everything that is billed by its amount.
 *
 * @param dataPoints data points
 * @param otlpBytes size of the points as CloudWatch counts it
 * @param documentBytes size of the points as documents of the Embedded Metric Format
 * @param requests requests of 1,000 points
 * @param samples samples of Prometheus
 */
record Volume(double dataPoints, double otlpBytes, double documentBytes, double requests, double samples) {

	static final Volume NONE = new Volume(0, 0, 0, 0, 0);

	Volume plus(Volume other) {
		return new Volume(this.dataPoints + other.dataPoints, this.otlpBytes + other.otlpBytes,
				this.documentBytes + other.documentBytes, this.requests + other.requests, this.samples + other.samples);
	}

	Volume times(double factor) {
		return new Volume(this.dataPoints * factor, this.otlpBytes * factor, this.documentBytes * factor,
				this.requests * factor, this.samples * factor);
	}

}
