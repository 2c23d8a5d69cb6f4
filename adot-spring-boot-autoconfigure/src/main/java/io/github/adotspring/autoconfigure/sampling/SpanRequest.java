package io.github.adotspring.autoconfigure.sampling;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What sampling rules ask of a span that starts. It is looked up once for all rules, and
 * only if one of them asks; the path is matched where it stands in its attribute. Of one
 * thread.
 */
final class SpanRequest {

	private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");

	private static final AttributeKey<String> NET_HOST_NAME = AttributeKey.stringKey("net.host.name");

	private static final AttributeKey<String> HTTP_HOST = AttributeKey.stringKey("http.host");

	private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");

	private static final AttributeKey<String> ORIGINAL_METHOD = AttributeKey.stringKey("http.request.method_original");

	private static final AttributeKey<String> OLD_METHOD = AttributeKey.stringKey("http.method");

	private static final AttributeKey<String> URL_PATH = AttributeKey.stringKey("url.path");

	private static final AttributeKey<String> TARGET = AttributeKey.stringKey("http.target");

	private static final AttributeKey<String> URL_FULL = AttributeKey.stringKey("url.full");

	private static final AttributeKey<String> OLD_URL = AttributeKey.stringKey("http.url");

	private final Attributes attributes;

	private boolean read;

	private @Nullable String host;

	private @Nullable String method;

	private @Nullable String path;

	private int pathStart;

	private int pathEnd;

	SpanRequest(Attributes attributes) {
		this.attributes = attributes;
	}

	Attributes attributes() {
		return this.attributes;
	}

	@Nullable String host() {
		read();
		return this.host;
	}

	@Nullable String method() {
		read();
		return this.method;
	}

	@Nullable String path() {
		read();
		return (this.path != null) ? this.path.substring(this.pathStart, this.pathEnd) : null;
	}

	boolean pathMatches(Wildcard pattern) {
		read();
		return pattern.isAlways() || (this.path != null && pattern.matches(this.path, this.pathStart, this.pathEnd));
	}

	/** So small that there is no call where it was read. */
	private void read() {
		if (!this.read) {
			readAttributes();
		}
	}

	private void readAttributes() {
		this.host = first(SERVER_ADDRESS, NET_HOST_NAME, HTTP_HOST);
		this.method = findMethod();
		findPath();
		this.read = true;
	}

	private @Nullable String findMethod() {
		String method = first(METHOD, OLD_METHOD);
		String original = "_OTHER".equals(method) ? this.attributes.get(ORIGINAL_METHOD) : null;
		return (original != null) ? original : method;
	}

	private void findPath() {
		String path = this.attributes.get(URL_PATH);
		if (path != null) {
			part(path, 0, path.length());
			return;
		}
		String target = this.attributes.get(TARGET);
		if (target != null) {
			part(target, 0, endOfPath(target, 0));
			return;
		}
		String url = first(URL_FULL, OLD_URL);
		if (url != null) {
			findPathOf(url);
		}
	}

	private void findPathOf(String url) {
		int authority = url.indexOf("://");
		int from = (authority >= 0) ? authority + 3 : 0;
		int end = endOfPath(url, from);
		int slash = url.indexOf('/', from);
		if (slash >= 0 && slash < end) {
			part(url, slash, end);
		}
		else {
			part("/", 0, 1);
		}
	}

	private void part(String text, int start, int end) {
		this.path = text;
		this.pathStart = start;
		this.pathEnd = end;
	}

	private static int endOfPath(String text, int from) {
		for (int i = from; i < text.length(); i++) {
			if (text.charAt(i) == '?' || text.charAt(i) == '#') {
				return i;
			}
		}
		return text.length();
	}

	private @Nullable String first(AttributeKey<String> key, AttributeKey<String> next) {
		String value = this.attributes.get(key);
		return (value != null) ? value : this.attributes.get(next);
	}

	private @Nullable String first(AttributeKey<String> key, AttributeKey<String> next, AttributeKey<String> last) {
		String value = first(key, next);
		return (value != null) ? value : this.attributes.get(last);
	}

}
