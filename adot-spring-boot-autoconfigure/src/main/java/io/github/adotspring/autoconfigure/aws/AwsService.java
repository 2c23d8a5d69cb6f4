package io.github.adotspring.autoconfigure.aws;

import java.util.Objects;

import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * An AWS service that receives telemetry. Each signs with its own name.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html">CloudWatch
 * OTLP endpoints</a>
 */
public enum AwsService {

	/**
	 * AWS X-Ray, which receives traces.
	 */
	XRAY("AWS X-Ray", "xray", Signal.TRACES),

	/**
	 * Amazon CloudWatch Logs, which receives logs.
	 */
	LOGS("Amazon CloudWatch Logs", "logs", Signal.LOGS),

	/**
	 * Amazon CloudWatch, which receives metrics.
	 */
	MONITORING("Amazon CloudWatch", "monitoring", Signal.METRICS),

	/**
	 * Amazon Managed Service for Prometheus, which receives metrics too, but not as OTLP.
	 */
	AMP("Amazon Managed Service for Prometheus", "aps", null);

	private final String displayName;

	private final String signingName;

	private final @Nullable Signal signal;

	AwsService(String displayName, String signingName, @Nullable Signal signal) {
		this.displayName = displayName;
		this.signingName = signingName;
		this.signal = signal;
	}

	/**
	 * The service that receives a signal.
	 * @param signal the signal
	 * @return its service
	 */
	public static AwsService of(Signal signal) {
		return switch (signal) {
			case TRACES -> XRAY;
			case METRICS -> MONITORING;
			case LOGS -> LOGS;
		};
	}

	/**
	 * The name of the service as AWS writes it.
	 * @return the display name
	 */
	public String displayName() {
		return this.displayName;
	}

	/**
	 * The name of the service in the scope of a signature.
	 * @return the SigV4 service name
	 */
	public String signingName() {
		return this.signingName;
	}

	/**
	 * Whether the service has an OTLP endpoint.
	 * @return {@code true} if it takes a signal as OTLP
	 */
	public boolean takesOtlp() {
		return this.signal != null;
	}

	/**
	 * The path of the OTLP endpoint.
	 * @return the path, from the root
	 */
	public String path() {
		return signal().path();
	}

	/**
	 * The property with the user's own OTLP endpoint.
	 * @return the full name of the property
	 */
	public String endpointProperty() {
		return AwsProperties.PREFIX + "." + signal().key() + "-endpoint";
	}

	private Signal signal() {
		return Objects.requireNonNull(this.signal, () -> this.displayName + " has no OTLP endpoint");
	}

	/**
	 * The host name of the service before the region. In AWS GovCloud the plain hosts of
	 * CloudWatch and CloudWatch Logs are the FIPS hosts, but not the dual-stack ones.
	 */
	String hostPrefix(boolean fips, boolean dualStack, AwsPartition partition) {
		boolean plainIsFips = this != XRAY && partition == AwsPartition.US_GOV && !dualStack;
		String host = (this == AMP) ? "aps-workspaces" : this.signingName;
		return (fips && !plainIsFips) ? host + "-fips" : host;
	}

	<T> @Nullable T choose(@Nullable T traces, @Nullable T logs, @Nullable T metrics) {
		return switch (this) {
			case XRAY -> traces;
			case LOGS -> logs;
			case MONITORING -> metrics;
			case AMP -> null;
		};
	}

}
