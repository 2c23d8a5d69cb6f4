package io.github.adotspring.autoconfigure.resource;

import java.time.Duration;
import java.util.List;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.PropertyRules;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the resource says of where the application runs.
 *
 * @param enabled whether it is found out where on AWS the application runs
 * @param detectors platforms that are looked for, of which the first wins where several
 * say something; lambda, app-runner, ecs, eks, elastic-beanstalk and ec2 by default. An
 * empty list looks for none
 * @param timeout longest time that the start of the application waits for platforms that
 * are asked over the network, counted from when they were asked; 1 minute at most
 * @param deploymentEnvironment value of deployment.environment.name, such as production;
 * by default the name of the environment on Elastic Beanstalk, none elsewhere
 * @param eks Amazon EKS
 */
@ConfigurationProperties(ResourceProperties.PREFIX)
record ResourceProperties(@DefaultValue("true") boolean enabled, @Nullable List<DetectorName> detectors,
		@DefaultValue("1s") Duration timeout, @Nullable String deploymentEnvironment, @DefaultValue Eks eks) {

	static final String PREFIX = AdotProperties.PREFIX + ".resource";

	private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

	ResourceProperties {
		PropertyRules.requirePositive(PREFIX + ".timeout", timeout);
		PropertyRules.requireAtMost(PREFIX + ".timeout", timeout, MAX_TIMEOUT);
	}

	/**
	 * The detectors, the most important first.
	 */
	List<DetectorName> order() {
		return (this.detectors != null) ? this.detectors.stream().distinct().toList() : List.of(DetectorName.values());
	}

	/**
	 * Amazon EKS.
	 *
	 * @param clusterName value of k8s.cluster.name, which a pod is not told; by default
	 * that of EKS_CLUSTER_NAME or K8S_CLUSTER_NAME, else what the tags of the instance
	 * say where its metadata shows them
	 */
	record Eks(@Nullable String clusterName) {

	}

}
