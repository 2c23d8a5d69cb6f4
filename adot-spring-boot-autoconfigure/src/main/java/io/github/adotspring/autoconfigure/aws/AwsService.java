package io.github.adotspring.autoconfigure.aws;

import java.util.Locale;

import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * An AWS service with an OTLP endpoint. Each signs with its own name.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html">CloudWatch
 * OTLP endpoints</a>
 */
public enum AwsService {

	/**
	 * AWS X-Ray, which receives traces.
	 */
	XRAY("AWS X-Ray", Signal.TRACES),

	/**
	 * Amazon CloudWatch Logs, which receives logs.
	 */
	LOGS("Amazon CloudWatch Logs", Signal.LOGS),

	/**
	 * Amazon CloudWatch, which receives metrics.
	 */
	MONITORING("Amazon CloudWatch", Signal.METRICS);

	private final String displayName;

	private final Signal signal;

	AwsService(String displayName, Signal signal) {
		this.displayName = displayName;
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
	 * The name of the service in hosts and in the scope of a signature.
	 * @return the SigV4 service name
	 */
	public String signingName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The path of the OTLP endpoint.
	 * @return the path, from the root
	 */
	public String path() {
		return this.signal.path();
	}

	/**
	 * The property with the user's own endpoint.
	 * @return the full name of the property
	 */
	public String endpointProperty() {
		return AwsProperties.PREFIX + "." + this.signal.key() + "-endpoint";
	}

	/**
	 * The host name of the service before the region. In AWS GovCloud the plain hosts of
	 * CloudWatch and CloudWatch Logs are the FIPS hosts, but not the dual-stack ones.
	 */
	String hostPrefix(boolean fips, boolean dualStack, AwsPartition partition) {
		boolean plainIsFips = this != XRAY && partition == AwsPartition.US_GOV && !dualStack;
		return (fips && !plainIsFips) ? signingName() + "-fips" : signingName();
	}

	<T> @Nullable T choose(@Nullable T traces, @Nullable T logs, @Nullable T metrics) {
		return switch (this) {
			case XRAY -> traces;
			case LOGS -> logs;
			case MONITORING -> metrics;
		};
	}

}
