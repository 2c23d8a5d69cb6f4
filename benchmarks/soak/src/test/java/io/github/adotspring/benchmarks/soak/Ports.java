package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody else gets while they are closed for minutes: they are below those
 * that systems give out.
 */
final class Ports {

	private Ports() {
	}

	static int free() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// In use.
			}
		}
	}

}
