package io.github.adotspring.autoconfigure.emf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.delivery.HttpFormat;
import io.github.adotspring.autoconfigure.delivery.LogStreamCreation;
import io.github.adotspring.autoconfigure.delivery.LogStreamName;
import io.github.adotspring.autoconfigure.delivery.LogsAnswer;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.otlp.PartialSuccess;
import org.jspecify.annotations.Nullable;

/**
 * Requests to and answers of CloudWatch Logs. What does not exist there is created when a
 * request is refused for it.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
 */
final class PutLogEventsFormat implements HttpFormat {

	private final PutLogEventsForm form;

	private final LogStreamName name;

	private final LogStreamCreation creation;

	PutLogEventsFormat(PutLogEventsForm form, LogStreamCreation creation) {
		this.form = form;
		this.name = new LogStreamName(form.logGroup(), form.logStream());
		this.creation = creation;
	}

	@Override
	public String contentType() {
		return "application/x-amz-json-1.1";
	}

	@Override
	public Map<String, List<String>> headers() {
		return Map.of("X-Amz-Target", List.of("Logs_20140328.PutLogEvents"));
	}

	@Override
	public @Nullable Outcome read(Answer answer) {
		if (answer.status() < 400) {
			return null;
		}
		LogsAnswer refusal = new LogsAnswer(answer);
		if (refusal.type().equals("DataAlreadyAcceptedException")) {
			return Outcome.delivered(answer.status());
		}
		boolean isNotThereYet = refusal.isAbsent() && this.creation.isSettling();
		return (refusal.isTransient() || isNotThereYet)
				? Outcome.answered(Failure.UNAVAILABLE, answer.status(), refusal.describe(), null) : null;
	}

	@Override
	public @Nullable Outcome read(Answer answer, Payload payload) {
		if (answer.status() != 200) {
			return read(answer);
		}
		Map<String, String> members = LogsAnswer.members(new LogsAnswer(answer).text());
		Map<String, String> rejected = LogsAnswer.members(members.getOrDefault("rejectedLogEventsInfo", ""));
		if (!rejected.isEmpty()) {
			return Outcome.delivered(200, rejected(rejected, this.form.read(payload.message())));
		}
		String warning = this.creation.warning();
		return (warning != null) ? Outcome.delivered(answer, warning) : null;
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
		return new LogsAnswer(refusal).isAbsent() && this.creation.create(this.name, call);
	}

	@Override
	public @Nullable String explain(Answer refusal) {
		return new LogsAnswer(refusal).isAbsent() ? this.creation.problem(this.name) : null;
	}

}
