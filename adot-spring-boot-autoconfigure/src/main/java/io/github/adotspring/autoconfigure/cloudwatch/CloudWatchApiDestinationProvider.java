package io.github.adotspring.autoconfigure.cloudwatch;

import java.time.Clock;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.delivery.Destination;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;

/**
 * {@code PutMetricData} as a destination.
 */
final class CloudWatchApiDestinationProvider implements MetricsDestinationProvider {

	private final DatumTranslator translator;

	private final String namespace;

	private final Destination destination;

	CloudWatchApiDestinationProvider(DatumTranslator translator, String namespace, Destination destination) {
		this.translator = translator;
		this.namespace = namespace;
		this.destination = destination;
	}

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
		return new MetricDataSplitter(this.translator, this.namespace, Clock.systemUTC());
	}

	@Override
	public Connection connection() {
		return new InProcess(this.destination);
	}

	@Override
	public String describe() {
		return "Amazon CloudWatch with PutMetricData, namespace " + this.namespace;
	}

}
