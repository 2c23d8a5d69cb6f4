package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Asks metadata services, which are local to the machine: never through a proxy, never
 * where a redirect points to, and never longer or for more than makes sense. It is for
 * one detector and its thread; another thread may end it.
 * <p>
 * It is made of the JDK's older client because that one starts without TLS, which the
 * newer one sets up for plain HTTP too.
 */
final class MetadataClient implements AutoCloseable {

	private static final int MAX_BYTES = 256 * 1024;

	private final int timeoutMillis;

	private @Nullable HttpURLConnection current;

	private boolean closed;

	/**
	 * Create a client.
	 * @param timeout longest time to connect, and to wait for something to read
	 */
	MetadataClient(Duration timeout) {
		this.timeoutMillis = (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
	}

	String get(String url, Map<String, String> headers) throws IOException {
		return exchange("GET", url, headers);
	}

	String put(String url, Map<String, String> headers) throws IOException {
		return exchange("PUT", url, headers);
	}

	private String exchange(String method, String url, Map<String, String> headers) throws IOException {
		HttpURLConnection connection = open(url);
		try {
			connection.setRequestMethod(method);
			headers.forEach(connection::setRequestProperty);
			if (method.equals("PUT")) {
				connection.setDoOutput(true);
				connection.setFixedLengthStreamingMode(0);
			}
			int status = connection.getResponseCode();
			if (status != HttpURLConnection.HTTP_OK) {
				throw new IOException("HTTP " + status + " from " + url);
			}
			return body(connection, url);
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("a request to " + url + " could not be made");
		}
		finally {
			connection.disconnect();
		}
	}

	private HttpURLConnection open(String url) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) parse(url).openConnection(Proxy.NO_PROXY);
		connection.setConnectTimeout(this.timeoutMillis);
		connection.setReadTimeout(this.timeoutMillis);
		connection.setInstanceFollowRedirects(false);
		connection.setUseCaches(false);
		// A kept connection would have a thread of the JDK look after it.
		connection.setRequestProperty("Connection", "close");
		synchronized (this) {
			if (this.closed) {
				throw new IOException("there was no time left to ask " + url);
			}
			this.current = connection;
		}
		return connection;
	}

	private static URL parse(String url) throws IOException {
		try {
			URL parsed = URI.create(url).toURL();
			if (parsed.getProtocol().equalsIgnoreCase("http") && !parsed.getHost().isEmpty()) {
				return parsed;
			}
		}
		catch (IllegalArgumentException | MalformedURLException ex) {
			// Told below.
		}
		throw new IOException("'" + url + "' is not a URL that begins with http://");
	}

	private static String body(HttpURLConnection connection, String url) throws IOException {
		try (InputStream body = connection.getInputStream()) {
			byte[] bytes = body.readNBytes(MAX_BYTES + 1);
			if (bytes.length > MAX_BYTES) {
				throw new IOException("the answer from " + url + " is longer than any should be");
			}
			return new String(bytes, StandardCharsets.UTF_8);
		}
	}

	/**
	 * End what is going on, however slowly it goes.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.current != null) {
			this.current.disconnect();
		}
	}

}
