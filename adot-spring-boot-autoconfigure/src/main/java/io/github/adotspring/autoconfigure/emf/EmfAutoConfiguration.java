package io.github.adotspring.autoconfigure.emf;

import java.net.URI;
import java.time.Clock;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryExecutor;
import io.github.adotspring.autoconfigure.delivery.DeliveryProperties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * CloudWatch Embedded Metric Format as a destination of metrics.
 */
@AutoConfiguration(after = DeliveryAutoConfiguration.class)
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(EmfProperties.class)
public final class EmfAutoConfiguration {

	private static final URI AGENT = URI.create("tcp://127.0.0.1:25888");

	EmfAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	EmfDestinationProvider adotEmfDestinationProvider(EmfProperties properties, AwsCompute compute,
			AwsEndpoints endpoints, DeliveryProperties delivery, DeliveryExecutor executor, Environment environment) {
		EmfOutput output = output(properties, compute);
		// What a variable says that the output does not need can't be wrong.
		URI agent = (output == EmfOutput.AGENT) ? agent(properties, environment) : AGENT;
		return new EmfDestinationProvider(properties, output, EmfNames.of(properties, environment), agent, endpoints,
				delivery, executor, Clock.systemUTC());
	}

	private static EmfOutput output(EmfProperties properties, AwsCompute compute) {
		if (properties.output() != null) {
			return properties.output();
		}
		return "AWS Lambda".equals(compute.detect()) ? EmfOutput.STDOUT : EmfOutput.LOGS;
	}

	private static URI agent(EmfProperties properties, Environment environment) {
		String variable = environment.getProperty(EmfProperties.AGENT_ENDPOINT_VARIABLE, "");
		if (properties.agentEndpoint() != null || variable.isBlank()) {
			return (properties.agentEndpoint() != null) ? properties.agentEndpoint() : AGENT;
		}
		try {
			return EmfProperties.requireAgentEndpoint(EmfProperties.AGENT_ENDPOINT_VARIABLE,
					URI.create(variable.strip()));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidAdotConfigurationException(EmfProperties.AGENT_ENDPOINT_VARIABLE, variable,
					"it is not an address", "Write an address such as 'tcp://127.0.0.1:25888'.");
		}
	}

}
