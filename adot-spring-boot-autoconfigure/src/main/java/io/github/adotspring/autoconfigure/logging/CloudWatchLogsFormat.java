package io.github.adotspring.autoconfigure.logging;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.adotspring.autoconfigure.delivery.HttpFormat;
import io.github.adotspring.autoconfigure.delivery.LogStreamCreation;
import io.github.adotspring.autoconfigure.delivery.LogStreamName;
import io.github.adotspring.autoconfigure.delivery.LogsAnswer;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.opentelemetry.sdk.common.export.Compressor;
import org.jspecify.annotations.Nullable;

/**
 * OTLP requests that say in headers which log group and log stream they are for. What of
 * these does not exist is created when a request is refused for it.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html">CloudWatch
 * OTLP endpoints</a>
 */
final class CloudWatchLogsFormat implements HttpFormat {

	private static final String GROUP = "x-aws-log-group";

	private static final String STREAM = "x-aws-log-stream";

	private final HttpFormat otlp;

	private final LogStreamNames names;

	private final LogStreamCreation creation;

	CloudWatchLogsFormat(HttpFormat otlp, LogStreamNames names, LogStreamCreation creation) {
		this.otlp = otlp;
		this.names = names;
		this.creation = creation;
	}

	@Override
	public String contentType() {
		return this.otlp.contentType();
	}

	/**
	 * Those of the user win.
	 */
	@Override
	public Map<String, List<String>> headers() {
		Map<String, List<String>> headers = headersOfUser();
		if (!headers.containsKey(GROUP) || !headers.containsKey(STREAM)) {
			LogStreamName name = this.names.resolve();
			headers.putIfAbsent(GROUP, List.of(name.group()));
			headers.putIfAbsent(STREAM, List.of(name.stream()));
		}
		return headers;
	}

	private Map<String, List<String>> headersOfUser() {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(this.otlp.headers());
		return headers;
	}

	private LogStreamName name() {
		return orOfUser(this.names.resolve());
	}

	/**
	 * The names that requests have, in words.
	 */
	LogStreamName describe() {
		return orOfUser(this.names.describe());
	}

	private LogStreamName orOfUser(LogStreamName name) {
		Map<String, List<String>> headers = headersOfUser();
		return new LogStreamName(headers.getOrDefault(GROUP, List.of(name.group())).get(0),
				headers.getOrDefault(STREAM, List.of(name.stream())).get(0));
	}

	@Override
	public @Nullable Compressor compressor() {
		return this.otlp.compressor();
	}

	@Override
	public byte @Nullable [] probe() {
		return this.otlp.probe();
	}

	@Override
	public @Nullable Outcome read(Answer answer, Payload payload) {
		if (answer.status() == 200) {
			return delivered(answer);
		}
		LogsAnswer refusal = new LogsAnswer(answer);
		return (refusal.isAbsent() && this.creation.isSettling()) ? Outcome.answered(Failure.UNAVAILABLE,
				answer.status(), "HTTP " + answer.status() + ": " + answer.text(), null) : null;
	}

	private @Nullable Outcome delivered(Answer answer) {
		String warning = this.creation.warning();
		return (warning != null) ? Outcome.delivered(answer, warning) : null;
	}

	@Override
	public boolean recover(Answer refusal, Call call) throws IOException {
		return new LogsAnswer(refusal).isAbsent() && this.creation.create(name(), call);
	}

	@Override
	public @Nullable String explain(Answer refusal) {
		return new LogsAnswer(refusal).isAbsent() ? this.creation.problem(name()) : null;
	}

}
