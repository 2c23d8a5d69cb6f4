package io.github.adotspring.autoconfigure.emf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.delivery.HttpFormat;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.otlp.JsonSlices;
import io.github.adotspring.autoconfigure.otlp.JsonText;
import io.github.adotspring.autoconfigure.otlp.PartialSuccess;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Requests to and answers of CloudWatch Logs. What does not exist there is created when a
 * request is refused for it.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
 */
final class PutLogEventsFormat implements HttpFormat {

	private static final Log logger = LogFactory.getLog(PutLogEventsFormat.class);

	private static final String TARGET = "X-Amz-Target";

	/** A namespace may stand before the name, and a URL after it. */
	private static final Pattern TYPE = Pattern.compile("\"(?:[^\"#]*#)?([A-Za-z]{1,100})(?::[^\"]*)?\"");

	private static final Set<String> TRANSIENT = Set.of("ThrottlingException", "ServiceUnavailableException",
			"InternalFailure", "InternalServerError", "OperationAbortedException");

	private static final String NOT_FOUND = "ResourceNotFoundException";

	private static final String EXISTS = "ResourceAlreadyExistsException";

	private final PutLogEventsForm form;

	private final boolean create;

	private final @Nullable Integer retentionDays;

	private final AtomicBoolean warned = new AtomicBoolean();

	/** What was just created is not seen everywhere at once. */
	private final AtomicBoolean created = new AtomicBoolean();

	/**
	 * Create a new instance.
	 * @param create whether to create the log group and the log stream
	 * @param retentionDays days that events stay in a log group that is created here,
	 * {@code null} for always
	 */
	PutLogEventsFormat(PutLogEventsForm form, boolean create, @Nullable Integer retentionDays) {
		this.form = form;
		this.create = create;
		this.retentionDays = retentionDays;
	}

	@Override
	public String contentType() {
		return "application/x-amz-json-1.1";
	}

	@Override
	public Map<String, List<String>> headers() {
		return target("PutLogEvents");
	}

	private static Map<String, List<String>> target(String operation) {
		return Map.of(TARGET, List.of("Logs_20140328." + operation));
	}

	@Override
	public @Nullable Outcome read(Answer answer) {
		String type = (answer.status() >= 400) ? type(answer) : "";
		if (type.equals("DataAlreadyAcceptedException")) {
			return Outcome.delivered(answer.status());
		}
		boolean isNotThereYet = type.equals(NOT_FOUND) && this.created.getAndSet(false);
		return (isTransient(answer) || isNotThereYet)
				? Outcome.answered(Failure.UNAVAILABLE, answer.status(), describe(answer), null) : null;
	}

	private static boolean isTransient(Answer answer) {
		return answer.status() >= 500 || TRANSIENT.contains(type(answer));
	}

	@Override
	public @Nullable Outcome read(Answer answer, Payload payload) {
		if (answer.status() != 200) {
			return read(answer);
		}
		Map<String, String> rejected = members(members(text(answer)).getOrDefault("rejectedLogEventsInfo", ""));
		return rejected.isEmpty() ? null
				: Outcome.delivered(200, rejected(rejected, this.form.read(payload.message())));
	}

	/**
	 * What was rejected, in data points. Events that are too old or expired are the first
	 * ones, up to an index that is not among them, and those that are too new are the
	 * last.
	 */
	private static PartialSuccess rejected(Map<String, String> info, List<EmfDocument> events) {
		int tooOld = index(info.get("tooOldLogEventEndIndex"), 0, events);
		int expired = Math.max(index(info.get("expiredLogEventEndIndex"), 0, events), tooOld);
		int tooNew = Math.max(index(info.get("tooNewLogEventStartIndex"), events.size(), events), expired);
		Map<String, Long> reasons = new LinkedHashMap<>();
		put(reasons, "too_old", events.subList(0, tooOld));
		put(reasons, "too_new", events.subList(tooNew, events.size()));
		put(reasons, "expired", events.subList(tooOld, expired));
		long sum = reasons.values().stream().mapToLong(Long::longValue).sum();
		return new PartialSuccess(sum, "log events were rejected for their time", reasons);
	}

	private static void put(Map<String, Long> reasons, String reason, List<EmfDocument> events) {
		long points = events.stream().mapToLong(EmfDocument::points).sum();
		if (points > 0) {
			reasons.put(reason, points);
		}
	}

	private static int index(@Nullable String value, int otherwise, List<EmfDocument> events) {
		boolean isNumber = value != null && value.matches("[0-9]{1,9}");
		return isNumber ? Math.min(Integer.parseInt(value), events.size()) : otherwise;
	}

	@Override
	public boolean recover(Answer refusal, Call call) throws IOException {
		if (!this.create || !type(refusal).equals(NOT_FOUND)) {
			return false;
		}
		// The stream first: who may not create groups needs only that.
		Answer stream = create(call, "CreateLogStream", names(true));
		if (type(stream).equals(NOT_FOUND)) {
			Answer group = create(call, "CreateLogGroup", names(false));
			if (!isThere(group)) {
				return failed("log group '" + this.form.logGroup() + "'", group);
			}
			if (group.status() == 200 && this.retentionDays != null) {
				keepFor(this.retentionDays, call);
			}
			stream = create(call, "CreateLogStream", names(true));
		}
		if (!isThere(stream)) {
			return failed("log stream '" + this.form.logStream() + "'", stream);
		}
		this.created.set(true);
		return true;
	}

	/**
	 * Create something.
	 * @throws IOException if that is not possible now, as when other instances are
	 * creating the same
	 */
	private static Answer create(Call call, String operation, String body) throws IOException {
		Answer answer = send(call, operation, body);
		if (isTransient(answer)) {
			throw new IOException(operation + " was answered " + describe(answer));
		}
		return answer;
	}

	private void keepFor(int days, Call call) {
		String group = names(false);
		try {
			Answer answer = send(call, "PutRetentionPolicy",
					group.substring(0, group.length() - 1) + ",\"retentionInDays\":" + days + "}");
			if (answer.status() != 200) {
				warnOfRetention("was answered " + describe(answer));
			}
		}
		catch (IOException ex) {
			warnOfRetention("failed: " + ex.getMessage());
		}
	}

	private void warnOfRetention(String what) {
		logger.warn("Log group '%s' was created and keeps its events for ever, PutRetentionPolicy %s"
			.formatted(this.form.logGroup(), what));
	}

	private static boolean isThere(Answer answer) {
		return answer.status() == 200 || type(answer).equals(EXISTS);
	}

	private boolean failed(String what, Answer answer) {
		if (this.warned.compareAndSet(false, true)) {
			logger.warn(("The %s for EMF is not there and could not be created: %s. Create it, allow "
					+ "logs:CreateLogGroup and logs:CreateLogStream, or set '%s.log-group'.")
				.formatted(what, describe(answer), EmfProperties.PREFIX));
		}
		return false;
	}

	private String names(boolean withStream) {
		return "{\"logGroupName\":" + JsonText.quote(this.form.logGroup())
				+ (withStream ? ",\"logStreamName\":" + JsonText.quote(this.form.logStream()) : "") + "}";
	}

	private static Answer send(Call call, String operation, String body) throws IOException {
		return call.send(target(operation), body.getBytes(StandardCharsets.UTF_8));
	}

	private static String describe(Answer answer) {
		String type = type(answer);
		return "HTTP " + answer.status() + (type.isEmpty() ? "" : " " + type);
	}

	/**
	 * The name of an exception, empty if the answer has none.
	 */
	private static String type(Answer answer) {
		Matcher type = TYPE.matcher(members(text(answer)).getOrDefault("__type", ""));
		return type.matches() ? type.group(1) : "";
	}

	private static String text(Answer answer) {
		return new String(answer.body(), StandardCharsets.UTF_8);
	}

	private static Map<String, String> members(String json) {
		try {
			return JsonSlices.members(json);
		}
		catch (IllegalArgumentException ex) {
			return Map.of();
		}
	}

}
