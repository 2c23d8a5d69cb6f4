package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.Signal;

import org.springframework.util.unit.DataSize;

/**
 * Payloads, and spools with the defaults.
 */
final class SpoolFixtures {

	static final String DESTINATION = "https://xray.eu-west-1.amazonaws.com/v1/traces";

	static final DataSize MAX_SIZE = DataSize.ofMegabytes(100);

	static final Duration MAX_AGE = Duration.ofHours(24);

	private SpoolFixtures() {
	}

	static SpooledPayload payload(String body) {
		return payload(Signal.TRACES, DESTINATION, 1, body);
	}

	static SpooledPayload payload(Signal signal, String destination, int items, String body) {
		return new SpooledPayload(signal, destination, items, "gzip", body.getBytes(StandardCharsets.UTF_8));
	}

	static Spool spool(Path directory, Clock clock) {
		return spool(directory, clock, new ArrayList<>());
	}

	static Spool spool(Path directory, Clock clock, List<String> losses) {
		return spool(directory, MAX_SIZE, clock, losses);
	}

	static Spool spool(Path directory, DataSize maxSize, Clock clock, List<String> losses) {
		return new Spool(directory, maxSize, MAX_AGE, clock, listener(losses));
	}

	private static SpoolListener listener(List<String> losses) {
		return new SpoolListener() {

			@Override
			public void recovered(Signal signal, long items) {
			}

			@Override
			public void lost(Signal signal, int items, SpoolLoss reason) {
				losses.add(signal.key() + " " + items + " " + reason.key());
			}

		};
	}

	static String body(SpoolEntry entry) {
		return new String(entry.payload().body(), StandardCharsets.UTF_8);
	}

	/**
	 * Deliver all that waits.
	 * @return the bodies, the oldest first
	 */
	static List<String> drain(Spool spool) {
		List<String> bodies = new ArrayList<>();
		SpoolEntry entry = spool.oldest(Signal.TRACES, DESTINATION);
		while (entry != null) {
			bodies.add(body(entry));
			entry.remove();
			entry = spool.oldest(Signal.TRACES, DESTINATION);
		}
		return bodies;
	}

	/**
	 * The files of payloads below a directory.
	 */
	static List<Path> payloadFiles(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".payload")).sorted().toList();
		}
	}

}
