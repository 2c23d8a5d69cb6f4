package io.github.adotspring.autoconfigure.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The server's end of one connection, for a {@link Script}.
 */
public final class Connection {

	private final Socket socket;

	private final Consumer<ReceivedRequest> requests;

	private final AtomicLong bytesSent;

	Connection(Socket socket, Consumer<ReceivedRequest> requests, AtomicLong bytesSent) {
		this.socket = socket;
		this.requests = requests;
		this.bytesSent = bytesSent;
	}

	/**
	 * Reads a request with its body.
	 */
	public ReceivedRequest readRequest() throws IOException {
		String[] start = readLine().split(" ");
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			String[] header = line.split(":\\s*", 2);
			headers.computeIfAbsent(header[0], (name) -> new ArrayList<>()).add(header[1]);
		}
		int length = Integer.parseInt(headers.getOrDefault("Content-Length", List.of("0")).get(0));
		byte[] body = this.socket.getInputStream().readNBytes(length);
		URI target = URI.create(start[1]);
		ReceivedRequest request = new ReceivedRequest(start[0], target.getRawPath(), target.getRawQuery(), headers,
				body);
		this.requests.accept(request);
		return request;
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		InputStream input = this.socket.getInputStream();
		for (int read = input.read(); read != '\n'; read = input.read()) {
			if (read < 0) {
				throw new EOFException("The client hung up");
			}
			line.write(read);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

	/**
	 * Reads something, whatever it is.
	 */
	public void readSome() throws IOException {
		this.socket.getInputStream().read(new byte[1024]);
	}

	/**
	 * Reads on until the client ends the connection.
	 */
	public void readToEnd() throws IOException {
		this.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
	}

	public void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	public void send(byte[] bytes) throws IOException {
		OutputStream output = this.socket.getOutputStream();
		output.write(bytes);
		output.flush();
		this.bytesSent.addAndGet(bytes.length);
	}

	/**
	 * Sends a byte for each permit that the test releases.
	 */
	public void send(String text, Semaphore permits) throws IOException {
		for (byte next : text.getBytes(StandardCharsets.ISO_8859_1)) {
			try {
				permits.acquire();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException("The endpoint was closed");
			}
			send(new byte[] { next });
		}
	}

	/**
	 * Says that nothing more will come, and goes on reading.
	 */
	public void endOutput() throws IOException {
		this.socket.shutdownOutput();
		readToEnd();
	}

	/**
	 * Ends the connection as a crashed process does. What was not read by the client may
	 * be lost.
	 */
	public void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

}
