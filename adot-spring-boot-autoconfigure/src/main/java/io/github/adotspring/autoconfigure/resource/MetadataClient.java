package io.github.adotspring.autoconfigure.resource;

import java.io.ByteArrayOutputStream;
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

	private static final int BUFFER_BYTES = 4 * 1024;

	private final int timeoutMillis;

	/** The connection on which nothing of the answer was read yet. */
	private @Nullable HttpURLConnection waiting;

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

	MetadataJson getJson(String url, Map<String, String> headers) throws IOException {
		return MetadataJson.parse(get(url, headers), "the answer from " + url);
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
			requireOpen(null, url);
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
		requireOpen(connection, url);
		return connection;
	}

	private synchronized void requireOpen(@Nullable HttpURLConnection waiting, String url) throws IOException {
		if (this.closed) {
			throw new IOException("there was no time left for " + url);
		}
		this.waiting = waiting;
	}

	/**
	 * What is not usable is not quoted: with credentials in it, it would end up in a log.
	 */
	private static URL parse(String url) throws IOException {
		try {
			URL parsed = URI.create(url).toURL();
			if (parsed.getProtocol().equalsIgnoreCase("http") && !parsed.getHost().isEmpty()
					&& parsed.getUserInfo() == null) {
				return parsed;
			}
		}
		catch (IllegalArgumentException | MalformedURLException ex) {
			// Told below.
		}
		throw new IOException("the URL that is configured is not one of plain HTTP and without credentials");
	}

	private String body(HttpURLConnection connection, String url) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		byte[] buffer = new byte[BUFFER_BYTES];
		try (InputStream body = connection.getInputStream()) {
			for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
				requireOpen(null, url);
				bytes.write(buffer, 0, read);
				if (bytes.size() > MAX_BYTES) {
					throw new IOException("the answer from " + url + " is longer than any should be");
				}
			}
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	/**
	 * End what is going on, however slowly it goes. Only a wait for the first bytes is
	 * ended from here, because closing a stream that another thread reads may block.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.waiting != null) {
			this.waiting.disconnect();
		}
	}

}
