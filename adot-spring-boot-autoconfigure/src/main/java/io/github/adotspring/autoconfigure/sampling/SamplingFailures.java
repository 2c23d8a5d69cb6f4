package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.delivery.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line why an operation of the sampling API failed.
 *
 * @param operation the operation, as IAM names it too
 */
record SamplingFailures(String operation) {

	private static final int CLIENT_ERROR = 400;

	private static final int SERVER_ERROR = 500;

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	/**
	 * A refusal.
	 * @param text what {@link #text} makes of it
	 */
	IOException refused(URI url, HttpResponse<byte[]> response, String text) {
		String permission = isDenied(text) ? "; the permission 'xray:" + this.operation + "' is missing" : "";
		String redirect = REDIRECTS.contains(response.statusCode()) ? "; redirects are not followed" : "";
		int status = response.statusCode();
		String message = message(url,
				"answered " + status + (text.isEmpty() ? "" : ": " + text) + permission + redirect);
		return (status >= CLIENT_ERROR && status < SERVER_ERROR) ? new SamplingRefusal(message)
				: new IOException(message);
	}

	private static boolean isDenied(String text) {
		return text.contains("AccessDenied") || text.toLowerCase(Locale.ROOT).contains("not authorized to perform");
	}

	/**
	 * The code and the message of an answer, or what else it says.
	 */
	static String text(HttpResponse<byte[]> response) {
		String body = new String(response.body(), StandardCharsets.UTF_8);
		String code = response.headers().firstValue("x-amzn-errortype").orElse("");
		try {
			JsonFields fields = JsonFields.of(JsonFields.parse(body, "it"), "it");
			String type = code.isEmpty() ? fields.text("__type", fields.text("code", "")) : code;
			return join(shortName(type), fields.text("message", fields.text("Message", "")));
		}
		catch (IOException ex) {
			return join(shortName(code), body);
		}
	}

	private static String join(String code, String message) {
		return ErrorText.clean((code.isEmpty() || message.isEmpty()) ? code + message : code + ": " + message);
	}

	/**
	 * A code can have a namespace before it and a URL after it.
	 */
	private static String shortName(String code) {
		String name = code.substring(code.indexOf('#') + 1);
		return (name.indexOf(':') < 0) ? name : name.substring(0, name.indexOf(':'));
	}

	/**
	 * An answer that can't be read, or none.
	 */
	IOException unanswered(URI url, IOException cause) {
		if (cause instanceof InterruptedIOException) {
			return cause;
		}
		return new IOException(message(url, "failed: " + describe(url, cause)), cause);
	}

	private static String describe(URI url, IOException cause) {
		if (cause instanceof HttpConnectTimeoutException) {
			return "no connection in time";
		}
		if (cause instanceof ConnectException) {
			boolean unresolved = has(UnresolvedAddressException.class, cause);
			return unresolved ? "there is no host '" + url.getHost() + "'" : "nothing listens there";
		}
		String message = cause.getMessage();
		return (message != null && !message.isEmpty()) ? message : cause.getClass().getSimpleName();
	}

	private static boolean has(Class<? extends Throwable> type, @Nullable Throwable error) {
		return error != null && (type.isInstance(error) || has(type, error.getCause()));
	}

	/**
	 * A request that could not be made or signed.
	 */
	IOException unsent(RuntimeException cause) {
		String fix = (cause instanceof AwsConfigurationException missing) ? " " + missing.fix() : "";
		return new IOException(ErrorText.clean(this.operation + " could not be sent: " + cause.getMessage() + fix),
				cause);
	}

	private String message(URI url, String what) {
		String host = url.getHost() + ((url.getPort() < 0) ? "" : ":" + url.getPort());
		return ErrorText.clean(this.operation + " at " + host + " " + what);
	}

}
