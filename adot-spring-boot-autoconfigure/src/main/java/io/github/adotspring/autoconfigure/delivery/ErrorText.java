package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes one line, safe to log, of the body of a refusal: the message of a
 * {@code google.rpc.Status}, of AWS's JSON, or the text itself.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures-1">OTLP/HTTP
 * failures</a>
 */
public final class ErrorText {

	private static final int MAX_LENGTH = 500;

	private static final int STATUS_MESSAGE_FIELD = 2;

	private static final Pattern JSON_MESSAGE = Pattern
		.compile("\"[mM]essage\"\\s*:\\s*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

	/**
	 * From here on AWS repeats the request that it tried to verify, security token
	 * included.
	 */
	private static final Pattern CANONICAL_REQUEST = Pattern.compile("The Canonical String for this request.*",
			Pattern.DOTALL);

	private static final Pattern SECRETS = Pattern.compile(
			"\\b(?:AKIA|ASIA)[A-Z0-9]{12,}|(?i)(?:signature=|x-amz-security-token\\s*[:=]\\s*|bearer\\s+)[^\\s,;\"]+");

	/** Also what ends a line or turns the direction of writing outside of ASCII. */
	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Z}]+");

	private ErrorText() {
	}

	static String of(byte[] body, @Nullable String contentType) {
		String text = (contentType != null && contentType.contains("protobuf")) ? statusMessage(body) : null;
		return clean((text != null) ? text : plain(body));
	}

	/**
	 * Make a text one line without secrets and control characters, and not too long.
	 * @param text what a server or a library says
	 * @return the text, safe to log
	 */
	public static String clean(String text) {
		String safe = SECRETS.matcher(CANONICAL_REQUEST.matcher(text).replaceAll("")).replaceAll("(redacted)");
		String line = UNPRINTABLE.matcher(safe).replaceAll(" ").trim();
		return (line.length() > MAX_LENGTH) ? line.substring(0, MAX_LENGTH) + "..." : line;
	}

	private static String plain(byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		var json = JSON_MESSAGE.matcher(text);
		return json.find() ? json.group(1).replace("\\n", "\n").replace("\\\"", "\"") : text;
	}

	private static @Nullable String statusMessage(byte[] body) {
		try {
			CodedInputStream input = CodedInputStream.newInstance(body);
			int tag;
			while ((tag = input.readTag()) != 0) {
				if (tag == WireFormat.WIRETYPE_LENGTH_DELIMITED + (STATUS_MESSAGE_FIELD << 3)) {
					return input.readStringRequireUtf8();
				}
				input.skipField(tag);
			}
			return null;
		}
		catch (IOException ex) {
			return null;
		}
	}

}
