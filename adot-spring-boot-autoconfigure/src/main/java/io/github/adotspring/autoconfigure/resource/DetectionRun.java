package io.github.adotspring.autoconfigure.resource;

import java.time.Duration;
import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/**
 * All detectors, once: those whose platform this may be run at the same time, on daemon
 * threads of their own; for the others there is none.
 */
final class DetectionRun implements AutoCloseable {

	private final List<DetectorRun> detectors;

	private final long begin = System.nanoTime();

	private final Duration timeout;

	private DetectionRun(List<DetectorRun> detectors, Duration timeout) {
		this.detectors = detectors;
		this.timeout = timeout;
	}

	static DetectionRun start(ResourceProperties properties, Surroundings surroundings) {
		return new DetectionRun(properties.order()
			.stream()
			.map((name) -> DetectorRun.start(name, detector(name, properties, surroundings), properties.timeout()))
			.toList(), properties.timeout());
	}

	private static Detector detector(DetectorName name, ResourceProperties properties, Surroundings surroundings) {
		return switch (name) {
			case LAMBDA -> new LambdaDetector(surroundings);
			case APP_RUNNER -> new AppRunnerDetector(surroundings);
			case ECS -> new EcsDetector(surroundings);
			case EKS -> new EksDetector(surroundings, properties.eks().clusterName());
			case ELASTIC_BEANSTALK -> new ElasticBeanstalkDetector(surroundings);
			case EC2 -> new Ec2Detector(surroundings);
		};
	}

	/**
	 * What was found by now, or after what is left of the time. What is found after that
	 * is not used, so that resource and reports say the same.
	 */
	Attributes await() {
		AttributesBuilder merged = Attributes.builder();
		for (int i = this.detectors.size() - 1; i >= 0; i--) {
			Duration left = this.timeout.minusNanos(System.nanoTime() - this.begin);
			merged.putAll(this.detectors.get(i).await(left));
		}
		return merged.build();
	}

	List<DetectorReport> reports() {
		return this.detectors.stream().map(DetectorRun::report).toList();
	}

	@Override
	public void close() {
		this.detectors.forEach(DetectorRun::close);
	}

}
