package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A sampling rule as X-Ray has it. Patterns may have {@code *} for any text and {@code ?}
 * for one character.
 *
 * @param name name, unique in a region
 * @param priority the lower, the earlier the rule is asked
 * @param fixedRate share that is sampled beyond the reservoir, from 0 to 1
 * @param reservoirSize requests a second that all instances together sample first
 * @param serviceName pattern of the service's name
 * @param serviceType pattern of where the service runs
 * @param host pattern of the host that is asked
 * @param httpMethod pattern of the method
 * @param urlPath pattern of the path
 * @param resourceArn pattern of the ARN of what the service runs on
 * @param attributes patterns of attributes that have to be there
 * @param boost how far anomalies may raise the rate, {@code null} if they don't
 */
record SamplingRule(String name, int priority, double fixedRate, int reservoirSize, String serviceName,
		String serviceType, String host, String httpMethod, String urlPath, String resourceArn,
		Map<String, String> attributes, @Nullable Boost boost) {

	/**
	 * How far anomalies may raise the rate.
	 *
	 * @param maxRate the highest rate, from 0 to 1
	 * @param cooldown time between two boosts
	 * @param defaultAnomalies whether errors of the service count as anomalies unless
	 * conditions say what does
	 */
	record Boost(double maxRate, Duration cooldown, boolean defaultAnomalies) {

	}

}
