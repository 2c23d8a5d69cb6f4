package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.adotspring.autoconfigure.delivery.HttpFormat.Call;
import io.github.adotspring.autoconfigure.otlp.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Creates a log group and a log stream when a request is refused because they are not
 * there: one creation at a time, and after one that was refused none for a minute.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html">CreateLogGroup</a>
 */
public final class LogStreamCreation {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** What was just created is not seen everywhere at once. */
	private static final Duration SETTLING = Duration.ofSeconds(10);

	private final Rules rules;

	private final Clock clock;

	private final AtomicBoolean underWay = new AtomicBoolean();

	private final AtomicReference<@Nullable String> warning = new AtomicReference<>();

	private volatile Instant settled = Instant.MIN;

	private volatile Instant again = Instant.MIN;

	private volatile @Nullable String problem;

	/**
	 * Create a new instance.
	 * @param rules what is created, and how
	 * @param clock tells when to try again what was refused
	 */
	public LogStreamCreation(Rules rules, Clock clock) {
		this.rules = rules;
		this.clock = clock;
	}

	/**
	 * Create what is not there, if that is wanted and was not just refused.
	 * @param name what a request was refused for
	 * @param call calls the API
	 * @return whether another attempt of the request can succeed
	 * @throws IOException if it may be possible later, as while another payload creates
	 * it
	 */
	public boolean create(LogStreamName name, Call call) throws IOException {
		if (!this.rules.create() || this.clock.instant().isBefore(this.again)) {
			return false;
		}
		if (!this.underWay.compareAndSet(false, true)) {
			throw new IOException("the log stream is being created");
		}
		try {
			boolean created = createBoth(name, call);
			if (created) {
				this.settled = this.clock.instant().plus(SETTLING);
				this.problem = null;
			}
			return created;
		}
		finally {
			this.underWay.set(false);
		}
	}

	private boolean createBoth(LogStreamName name, Call call) throws IOException {
		// The stream first: who may not create groups needs only that.
		LogsAnswer stream = createStream(name, call);
		if (stream.isAbsent()) {
			LogsAnswer group = send("CreateLogGroup", groupBody(name), call);
			if (!group.isThere()) {
				return refused("logs:CreateLogGroup on log group '" + name.group() + "'", group);
			}
			if (group.answer().status() == 200 && this.rules.retentionDays() != null) {
				keepFor(this.rules.retentionDays(), name, call);
			}
			stream = createStream(name, call);
		}
		return stream.isThere() || refused(
				"logs:CreateLogStream on log stream '" + name.stream() + "' of log group '" + name.group() + "'",
				stream);
	}

	private static LogsAnswer createStream(LogStreamName name, Call call) throws IOException {
		return send("CreateLogStream", body(name, ",\"logStreamName\":" + JsonText.quote(name.stream())), call);
	}

	private String groupBody(LogStreamName name) {
		String key = this.rules.kmsKeyId();
		return body(name, (key != null) ? ",\"kmsKeyId\":" + JsonText.quote(key) : "");
	}

	private static String body(LogStreamName name, String more) {
		return "{\"logGroupName\":" + JsonText.quote(name.group()) + more + "}";
	}

	private void keepFor(int days, LogStreamName name, Call call) {
		String what;
		try {
			LogsAnswer answer = new LogsAnswer(
					call("PutRetentionPolicy", body(name, ",\"retentionInDays\":" + days), call));
			if (answer.answer().status() == 200) {
				return;
			}
			what = "was refused: " + describe(answer);
		}
		catch (IOException ex) {
			what = "failed: " + ex.getMessage();
		}
		this.warning.set("log group '%s' was created and keeps its events for ever, since logs:PutRetentionPolicy %s"
			.formatted(name.group(), what));
	}

	/**
	 * Call the API.
	 * @throws IOException if that is not possible now, as when other instances are
	 * creating the same
	 */
	private static LogsAnswer send(String operation, String body, Call call) throws IOException {
		LogsAnswer answer = new LogsAnswer(call(operation, body, call));
		if (answer.isTransient()) {
			throw new IOException(operation + " was answered " + answer.describe());
		}
		return answer;
	}

	private static HttpFormat.Answer call(String operation, String body, Call call) throws IOException {
		return call.send("/", Map.of("content-type", List.of("application/x-amz-json-1.1"), "x-amz-target",
				List.of("Logs_20140328." + operation)), body.getBytes(StandardCharsets.UTF_8));
	}

	private boolean refused(String what, LogsAnswer answer) {
		this.problem = what + " was refused: " + describe(answer);
		this.again = this.clock.instant().plus(PATIENCE);
		return false;
	}

	private static String describe(LogsAnswer answer) {
		String text = answer.answer().text();
		return answer.describe() + (text.isEmpty() ? "" : ": " + text);
	}

	/**
	 * Whether something was created so short a time ago that it need not be seen yet.
	 * @return {@code true} for some seconds
	 */
	public boolean isSettling() {
		return this.clock.instant().isBefore(this.settled);
	}

	/**
	 * Why something is not there.
	 * @param name what a request was refused for
	 * @return the permission that is missing and what it is missing for, safe to log;
	 * {@code null} if nothing is known to be in the way
	 */
	public @Nullable String problem(LogStreamName name) {
		return this.rules.create() ? this.problem
				: "log group '%s' and log stream '%s' are not created, since '%s' is off".formatted(name.group(),
						name.stream(), this.rules.property());
	}

	/**
	 * What went wrong with something that was created all the same. Told once.
	 * @return one line, safe to log; {@code null} if nothing did
	 */
	public @Nullable String warning() {
		return this.warning.getAndSet(null);
	}

	/**
	 * What is created, and how.
	 *
	 * @param property the property that switches creation on and off
	 * @param create whether anything is created
	 * @param retentionDays days that events stay in a log group that is created,
	 * {@code null} for ever
	 * @param kmsKeyId ARN of the key that such a log group is encrypted with,
	 * {@code null} for CloudWatch's own encryption
	 */
	public record Rules(String property, boolean create, @Nullable Integer retentionDays, @Nullable String kmsKeyId) {

	}

}
