package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.github.adotspring.benchmarks.soak.Load.Phase;

import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * The application under load, while its collector fails and it is killed.
 */
final class SoakRun {

	private static final Duration SAMPLE_EVERY = Duration.ofSeconds(1);

	private final Plan plan;

	private final boolean spool;

	private final Path directory;

	private final int port = Ports.free();

	private final Collector collector = new Collector(Ports.free());

	private final Load load;

	private final long epoch = System.currentTimeMillis();

	private final List<Mark> marks = new ArrayList<>();

	private final Extremes extremes = new Extremes();

	private long start;

	SoakRun(Plan plan, boolean spool) {
		this.plan = plan;
		this.spool = spool;
		this.directory = Path.of(System.getProperty("soak.directory"), spool ? "with-spool" : "without-spool");
		this.load = new Load(this.port, plan.spansPerSecond());
	}

	Findings run() throws IOException, InterruptedException {
		FileSystemUtils.deleteRecursively(this.directory);
		Files.createDirectories(this.directory);
		this.collector.accept();
		ApplicationProcess first = application(1);
		ApplicationProcess second = null;
		try (this.load) {
			NumbersRead firstNumbers = untilTheKill(first);
			first.kill();
			int killed = sinceEpoch();
			second = application(2);
			untilTheEnd(second);
			NumbersRead secondNumbers = second.terminate();
			return findings(firstNumbers, killed, secondNumbers);
		}
		finally {
			first.kill();
			if (second != null) {
				second.kill();
			}
			this.collector.end();
		}
	}

	private NumbersRead untilTheKill(ApplicationProcess application) throws IOException {
		this.start = System.nanoTime();
		this.load.start();
		sampleUntil(this.plan.warmUp(), application);
		mark("warm", 1, application);
		this.load.phase(Phase.BEFORE);
		sampleUntil(this.plan.before(), application);
		mark("before the outage", 1, application);
		this.collector.close();
		this.load.phase(Phase.REFUSED);
		sampleUntil(this.plan.before().plus(this.plan.thirdOfOutage()), application);
		mark("connections refused for a third of the outage", 1, application);
		this.collector.hang();
		this.load.phase(Phase.HANGING);
		sampleUntil(this.plan.before().plus(this.plan.outage().dividedBy(2)), application);
		this.load.phase(Phase.UNMEASURED);
		return application.numbers();
	}

	private void untilTheEnd(ApplicationProcess application) throws IOException {
		Duration before = this.plan.before();
		sampleUntil(before.plus(this.plan.outage().dividedBy(12).multipliedBy(7)), application);
		mark("started anew, no answers", 2, application);
		this.load.phase(Phase.HANGING);
		sampleUntil(before.plus(this.plan.thirdOfOutage().multipliedBy(2)), application);
		this.collector.close();
		this.load.phase(Phase.REFUSED);
		sampleUntil(before.plus(this.plan.outage()), application);
		mark("end of the outage", 2, application);
		this.collector.accept();
		this.load.phase(Phase.AFTER);
		sampleUntil(this.plan.duration(), application);
		mark("end", 2, application);
	}

	private ApplicationProcess application(int process) throws IOException {
		return ApplicationProcess.start("application-" + process, this.directory, this.port,
				List.of("--soak.spans=" + spans(), "--soak.epoch=" + this.epoch,
						"--management.adot.collector.endpoint=" + this.collector.url(),
						"--management.adot.delivery.spool.enabled=" + this.spool,
						"--management.adot.delivery.spool.directory=" + this.directory.resolve("spool")));
	}

	private void sampleUntil(Duration sinceStart, ApplicationProcess application) {
		long end = this.start + sinceStart.toNanos();
		await().pollDelay(Duration.ZERO)
			.pollInterval(SAMPLE_EVERY)
			.atMost(sinceStart.plusMinutes(1))
			.pollInSameThread()
			.until(() -> {
				this.extremes.add(application.numbers());
				return System.nanoTime() - end >= 0;
			});
	}

	private void mark(String when, int process, ApplicationProcess application) {
		this.load.phase(Phase.UNMEASURED);
		NumbersRead numbers = application.numbersAfterGarbageCollection();
		this.marks.add(new Mark(when, process, numbers.get("heap"), numbers.get("threads")));
	}

	private Findings findings(NumbersRead first, int killed, NumbersRead second) throws IOException {
		IntBuffer ends = ByteBuffer.wrap(Files.readAllBytes(spans())).asIntBuffer();
		BitSet delivered = this.collector.delivered();
		int firstOfSecond = (int) second.get("first");
		return new Findings(this.spool, Fate.of(ends, 0, firstOfSecond, delivered, killed), first,
				Fate.of(ends, firstOfSecond, ends.capacity(), delivered, sinceEpoch()), second,
				this.collector.duplicates(),
				delivered.stream().filter((number) -> ends.get(number) == 0).count() + this.collector.withoutNumber(),
				this.extremes, List.copyOf(this.marks), this.load);
	}

	private Path spans() {
		return this.directory.resolve("spans");
	}

	private int sinceEpoch() {
		return (int) (System.currentTimeMillis() - this.epoch);
	}

}
