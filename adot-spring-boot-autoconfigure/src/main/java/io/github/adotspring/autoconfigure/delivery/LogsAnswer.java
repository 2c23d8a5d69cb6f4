package io.github.adotspring.autoconfigure.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.delivery.HttpFormat.Answer;
import io.github.adotspring.autoconfigure.otlp.JsonSlices;

/**
 * An answer of CloudWatch Logs, of its JSON API or of its OTLP endpoint.
 *
 * @param answer the answer
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html">Common
 * errors</a>
 */
public record LogsAnswer(Answer answer) {

	/** A namespace may stand before the name, and a URL after it. */
	private static final Pattern TYPE = Pattern.compile("\"(?:[^\"#]*#)?([A-Za-z]{1,100})(?::[^\"]*)?\"");

	private static final Set<String> TRANSIENT = Set.of("ThrottlingException", "ServiceUnavailableException",
			"InternalFailure", "InternalServerError", "OperationAbortedException");

	private static final String NOT_FOUND = "ResourceNotFoundException";

	private static final Pattern ABSENT = Pattern
		.compile(NOT_FOUND + "|log ?(?:group|stream)[^.]{0,600}? (?:does not|doesn't) exist", Pattern.CASE_INSENSITIVE);

	/**
	 * The name of an exception of the JSON API.
	 * @return the name, empty if the answer has none
	 */
	public String type() {
		Matcher type = TYPE.matcher(members(text()).getOrDefault("__type", ""));
		return type.matches() ? type.group(1) : "";
	}

	/**
	 * Whether the same request can succeed soon.
	 * @return {@code true} for a server that is throttled, busy or broken
	 */
	public boolean isTransient() {
		return this.answer.status() >= 500 || this.answer.status() == 429 || TRANSIENT.contains(type());
	}

	/**
	 * Whether it refuses a request because a log group or a log stream is not there.
	 * @return {@code true} whichever of the two it is
	 */
	public boolean isAbsent() {
		int status = this.answer.status();
		return (status == 400 || status == 404)
				&& (type().equals(NOT_FOUND) || ABSENT.matcher(this.answer.text()).find());
	}

	/**
	 * Whether what was to be created is there, by this request or another.
	 */
	boolean isThere() {
		return this.answer.status() == 200 || type().equals("ResourceAlreadyExistsException");
	}

	/**
	 * Status and exception in words.
	 * @return a phrase such as "HTTP 400 AccessDeniedException", safe to log
	 */
	public String describe() {
		String type = type();
		return "HTTP " + this.answer.status() + (type.isEmpty() ? "" : " " + type);
	}

	/**
	 * The body.
	 * @return the body as text, not safe to log
	 */
	public String text() {
		return new String(this.answer.body(), StandardCharsets.UTF_8);
	}

	/**
	 * The members of a JSON object.
	 * @param json the object as text
	 * @return the values by name, none if the text is no object
	 */
	public static Map<String, String> members(String json) {
		try {
			return JsonSlices.members(json);
		}
		catch (IllegalArgumentException ex) {
			return Map.of();
		}
	}

}
