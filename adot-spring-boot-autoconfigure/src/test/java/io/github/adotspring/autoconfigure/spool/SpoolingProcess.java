package io.github.adotspring.autoconfigure.spool;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with a spool of its own. It does what its arguments say, prints the bodies
 * that it delivered and "done", and stays until it is killed or its input ends.
 */
public final class SpoolingProcess implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private SpoolingProcess(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Start a process.
	 * @param directory the directory of its spool
	 * @param name what its bodies start with
	 * @param hold how many payloads it holds, as if it were sending them
	 * @param store how many payloads it stores
	 * @param deliver whether it delivers what it finds then
	 */
	static SpoolingProcess start(Path directory, String name, int hold, int store, boolean deliver) throws IOException {
		return new SpoolingProcess(
				new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
						SpoolingProcess.class.getName(), directory.toString(), name, "" + hold, "" + store,
						"" + deliver)
					.redirectError(ProcessBuilder.Redirect.INHERIT)
					.start());
	}

	/**
	 * Wait until it has done what it was started for.
	 * @return the bodies that it delivered
	 */
	List<String> delivered() throws IOException {
		List<String> bodies = new ArrayList<>();
		for (String line = this.output.readLine(); !"done".equals(line); line = this.output.readLine()) {
			if (line == null) {
				throw new IOException("the process ended before it was done");
			}
			bodies.add(line);
		}
		return bodies;
	}

	/**
	 * Kill it, as {@code kill -9} does.
	 */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		kill();
	}

	/**
	 * Run in the process.
	 * @param args directory, name, number to hold, number to store, whether to deliver
	 */
	public static void main(String[] args) throws IOException {
		List<String> losses = new ArrayList<>();
		try (Spool spool = SpoolFixtures.spool(Path.of(args[0]), Clock.systemUTC(), losses)) {
			for (int i = 0; i < Integer.parseInt(args[2]); i++) {
				require(spool.hold(SpoolFixtures.payload(args[1] + "held" + i)));
			}
			for (int i = 0; i < Integer.parseInt(args[3]); i++) {
				require(spool.store(SpoolFixtures.payload(args[1] + i)));
			}
			if (Boolean.parseBoolean(args[4])) {
				SpoolFixtures.drain(spool).forEach(System.out::println);
			}
			losses.forEach(System.out::println);
			System.out.println("done");
			while (System.in.read() >= 0) {
				continue;
			}
		}
	}

	private static void require(StoreResult result) {
		if (!result.isStored()) {
			throw new IllegalStateException(result.problem());
		}
	}

}
