import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the variants of the application in turn and prints the medians of the time and
 * of the CPU time that they took until they were started. Runs in the root of the
 * repository. Arguments: the number of rounds, then options of the JVM.
 */
final class StartupBenchmark {

	private static final Pattern STARTED = Pattern.compile("Started .* \\(process running for ([\\d.]+)\\)");

	private final Path directory;

	private final List<String> jvmOptions;

	private final Map<Variant, List<Start>> starts = new EnumMap<>(Variant.class);

	private StartupBenchmark(Path directory, List<String> jvmOptions) {
		this.directory = directory;
		this.jvmOptions = jvmOptions;
		for (Variant variant : Variant.values()) {
			this.starts.put(variant, new ArrayList<>());
		}
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 5;
		List<String> jvmOptions = List.of(args).subList(Math.min(1, args.length), args.length);
		new StartupBenchmark(Path.of("benchmarks/startup"), jvmOptions).run(rounds);
	}

	/**
	 * One round to warm the file cache, then those that count, each beginning with
	 * another variant.
	 */
	private void run(int rounds) throws IOException, InterruptedException {
		List<Variant> order = new ArrayList<>(List.of(Variant.values()));
		for (int round = 0; round <= rounds; round++) {
			StringBuilder line = new StringBuilder((round == 0) ? "warm-up" : "round " + round);
			for (Variant variant : order) {
				Start start = start(variant);
				line.append(String.format(Locale.ROOT, "  %s %.2f s, %.2f CPU s", variant.label(), start.seconds(),
						start.cpuSeconds()));
				if (round > 0) {
					this.starts.get(variant).add(start);
				}
			}
			System.out.println(line);
			Collections.rotate(order, -1);
		}
		print();
	}

	private Start start(Variant variant) throws IOException, InterruptedException {
		Path jar = this.directory.resolve(variant.module).resolve("target/application.jar");
		if (!Files.exists(jar)) {
			throw new IOException(jar + " is not there; benchmarks/startup/run builds it");
		}
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(this.jvmOptions);
		command.addAll(List.of("-jar", jar.toString(), "--server.port=0"));
		command.addAll(variant.arguments);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (BufferedReader output = process.inputReader()) {
			return started(variant, process, output);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static Start started(Variant variant, Process process, BufferedReader output) throws IOException {
		StringBuilder log = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			Matcher matcher = STARTED.matcher(line);
			if (matcher.find()) {
				Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
				return new Start(Double.parseDouble(matcher.group(1)), cpu.toMillis() / 1000.0);
			}
			log.append(line).append(System.lineSeparator());
		}
		throw new IOException(variant.label() + " did not start:" + System.lineSeparator() + log);
	}

	private void print() {
		System.out.printf("%n%-10s %10s %7s %8s %7s %8s %7s%n", "", "started, s", "ratio", "CPU, s", "ratio", "least",
				"ratio");
		for (Variant variant : Variant.values()) {
			System.out.printf("%-10s %s %s %s%n", variant.label(),
					column(10, variant, (of) -> median(of, Start::seconds)),
					column(8, variant, (of) -> median(of, Start::cpuSeconds)),
					column(8, variant, (of) -> least(of, Start::cpuSeconds)));
		}
	}

	private static String column(int width, Variant variant, ToDoubleFunction<Variant> value) {
		double own = value.applyAsDouble(variant);
		return String.format(Locale.ROOT, "%" + width + ".2f %7.2f", own, own / value.applyAsDouble(Variant.PLAIN));
	}

	private double median(Variant variant, ToDoubleFunction<Start> value) {
		double[] values = this.starts.get(variant).stream().mapToDouble(value).sorted().toArray();
		int middle = values.length / 2;
		return (values.length % 2 == 1) ? values[middle] : (values[middle - 1] + values[middle]) / 2;
	}

	private double least(Variant variant, ToDoubleFunction<Start> value) {
		return this.starts.get(variant).stream().mapToDouble(value).min().orElse(Double.NaN);
	}

	/**
	 * What the application is built with.
	 */
	private enum Variant {

		/** Nothing for telemetry. */
		PLAIN("plain"),

		/** The ADOT starter as it comes, which shows traces in the console. */
		ADOT("adot"),

		/** The same without looking for the platform that it runs on. */
		UNDETECTED("adot", "--management.adot.resource.enabled=false"),

		/** Upstream's starter, which exports traces like ours and no metrics or logs. */
		UPSTREAM("upstream", "--otel.metrics.exporter=none", "--otel.logs.exporter=none");

		private final String module;

		private final List<String> arguments;

		Variant(String module, String... arguments) {
			this.module = module;
			this.arguments = List.of(arguments);
		}

		String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A start.
	 *
	 * @param seconds from the start of the JVM to the application's being started
	 * @param cpuSeconds CPU time of all threads until then
	 */
	private record Start(double seconds, double cpuSeconds) {

	}

}
