package io.github.adotspring.autoconfigure.logging;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.AwsOtlpExtension;
import io.github.adotspring.autoconfigure.delivery.HttpFormat;
import io.github.adotspring.autoconfigure.delivery.LogStreamCreation;
import io.github.adotspring.autoconfigure.delivery.LogStreamName;
import org.jspecify.annotations.Nullable;

/**
 * The log group and the log stream that records go to in CloudWatch Logs.
 */
final class CloudWatchLogs implements AwsOtlpExtension {

	private final LogStreamNames names;

	private final LogStreamCreation creation;

	private volatile @Nullable CloudWatchLogsFormat format;

	CloudWatchLogs(LogStreamNames names, LogStreamCreation creation) {
		this.names = names;
		this.creation = creation;
	}

	@Override
	public Signal signal() {
		return Signal.LOGS;
	}

	@Override
	public HttpFormat extend(HttpFormat otlp) {
		CloudWatchLogsFormat format = new CloudWatchLogsFormat(otlp, this.names, this.creation);
		this.format = format;
		return format;
	}

	/**
	 * With the headers of the user, once there is an exporter that has them.
	 */
	@Override
	public String describe() {
		CloudWatchLogsFormat format = this.format;
		LogStreamName name = (format != null) ? format.describe() : this.names.describe();
		return "log group " + name.group() + ", log stream " + name.stream();
	}

}
