package io.github.adotspring.autoconfigure.amp;

import java.net.URI;
import java.time.Clock;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;

/**
 * Amazon Managed Service for Prometheus as a destination of metrics.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-APIReference-RemoteWrite.html">RemoteWrite</a>
 */
final class AmpDestinationProvider implements MetricsDestinationProvider {

	private final AmpProperties properties;

	private final AwsEndpoints endpoints;

	private final Clock clock;

	AmpDestinationProvider(AmpProperties properties, AwsEndpoints endpoints, Clock clock) {
		this.properties = properties;
		this.endpoints = endpoints;
		this.clock = clock;
	}

	@Override
	public MetricsExportTo exportTo() {
		return MetricsExportTo.AMP;
	}

	@Override
	public boolean isDelta() {
		return false;
	}

	/**
	 * Samples that are older than the last of their series are refused.
	 */
	@Override
	public boolean takesLate() {
		return false;
	}

	@Override
	public MessageSplitter translator() {
		BucketBounds bounds = new BucketBounds(this.properties.maxBuckets());
		return new RemoteWriteTranslator(new MetricReader(this.properties.histograms(), bounds),
				new SentSeries(this.properties.maxSeries()), RequestLimit.AMP, this.clock);
	}

	/**
	 * The workspace.
	 * @throws InvalidAdotConfigurationException if not exactly one of workspace and URL
	 * is set
	 */
	@Override
	public Connection connection() {
		String workspaceId = this.properties.workspaceId();
		URI url = this.properties.url();
		if (workspaceId != null && url != null) {
			throw new InvalidAdotConfigurationException(AmpProperties.URL, url,
					"'" + AmpProperties.WORKSPACE_ID + "' names a workspace already", "Remove one of the two.");
		}
		if (url != null) {
			return new Http(() -> this.endpoints.resolve(AwsService.AMP, url, AmpProperties.URL),
					new RemoteWriteFormat());
		}
		if (workspaceId == null) {
			throw new InvalidAdotConfigurationException(AmpProperties.WORKSPACE_ID, null,
					"metrics go to Amazon Managed Service for Prometheus",
					"Write the id of a workspace in the application's region, or the full URL to write to in '"
							+ AmpProperties.URL + "'.");
		}
		String path = "/workspaces/" + workspaceId + "/api/v1/remote_write";
		return new Http(() -> this.endpoints.resolveInRegion(AwsService.AMP, path), new RemoteWriteFormat());
	}

	@Override
	public String describe() {
		return AwsService.AMP.displayName();
	}

}
