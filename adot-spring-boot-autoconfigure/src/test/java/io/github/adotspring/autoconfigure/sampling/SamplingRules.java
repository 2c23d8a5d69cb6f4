package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.util.Map;

/**
 * Sampling rules for tests, which match everything unless told otherwise.
 */
final class SamplingRules {

	static final SampledService SERVICE = new SampledService("shop", "AWS::ECS::Container", "arn:aws:ecs:eu:1:c/9");

	static final AdaptiveSettings NOT_ADAPTIVE = new AdaptiveSettings(true, null, 1000, Duration.ofMinutes(10));

	private SamplingRules() {
	}

	static SamplingRule rule(String name, int priority, double rate, int reservoir) {
		return new SamplingRule(name, priority, rate, reservoir, "*", "*", "*", "*", "*", "*", Map.of(), null);
	}

	static SamplingRule ofPath(String name, int priority, String path) {
		return ofPath(name, priority, path, 0, 0);
	}

	static SamplingRule ofPath(String name, int priority, String path, double rate, int reservoir) {
		return new SamplingRule(name, priority, rate, reservoir, "*", "*", "*", "*", path, "*", Map.of(), null);
	}

	static SamplingRule ofRequest(String host, String method, String path, Map<String, String> attributes) {
		return new SamplingRule("r", 1, 0, 0, "*", "*", host, method, path, "*", attributes, null);
	}

	static SamplingRule ofService(String name, String type, String arn) {
		return new SamplingRule("r", 1, 0, 0, name, type, "*", "*", "*", arn, Map.of(), null);
	}

}
