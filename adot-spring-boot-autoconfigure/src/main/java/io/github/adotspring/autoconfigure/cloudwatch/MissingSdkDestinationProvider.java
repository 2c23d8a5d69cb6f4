package io.github.adotspring.autoconfigure.cloudwatch;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;

/**
 * Says what is missing to whoever chooses {@code PutMetricData} without the client of the
 * AWS SDK for it.
 */
final class MissingSdkDestinationProvider implements MetricsDestinationProvider {

	@Override
	public MetricsExportTo exportTo() {
		return MetricsExportTo.CLOUDWATCH_API;
	}

	@Override
	public boolean isDelta() {
		return true;
	}

	@Override
	public MessageSplitter translator() {
		throw missing();
	}

	@Override
	public Connection connection() {
		throw missing();
	}

	@Override
	public String describe() {
		return "Amazon CloudWatch with PutMetricData, without the AWS SDK's client";
	}

	private static InvalidAdotConfigurationException missing() {
		return new InvalidAdotConfigurationException(AdotProperties.PREFIX + ".metrics.export.to",
				MetricsExportTo.CLOUDWATCH_API.key(), "the AWS SDK's client for CloudWatch is not on the class path",
				"Add the dependency 'software.amazon.awssdk:cloudwatch' in the version of the other modules of the "
						+ "AWS SDK, or write 'emf' to send metrics to CloudWatch without it.");
	}

}
