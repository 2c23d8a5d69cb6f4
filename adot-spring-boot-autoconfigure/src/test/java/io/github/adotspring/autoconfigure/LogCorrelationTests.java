package io.github.adotspring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.adotspring.autoconfigure.testing.LoggedEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that each log line names the trace of its own request, whatever threads the
 * requests are in.
 */
class LogCorrelationTests {

	private static final int REQUESTS = 50;

	private final Logger logger = (Logger) LoggerFactory.getLogger(CorrelatedShop.class);

	private final LoggedEvents events = new LoggedEvents();

	@AfterEach
	void detach() {
		this.logger.detachAppender(this.events);
	}

	@Test
	void linesOfSpringMvcNameTheTraceOfTheirRequest() {
		try (TestApplication application = start(CorrelatedShop.Blocking.class)) {
			requestConcurrently(application, "/orders/");
			assertEachLineNamesItsTrace(CorrelatedShop.BLOCKING);
			assertThreadsKeepNothing(application);
		}
	}

	@Test
	void reactiveLinesOfSpringMvcNameTheTraceOfTheirRequest() {
		try (TestApplication application = start(CorrelatedShop.Blocking.class)) {
			requestConcurrently(application, "/reactive/");
			assertEachLineNamesItsTrace(CorrelatedShop.REACTIVE);
			assertThreadsKeepNothing(application);
		}
	}

	@Test
	void linesOfWebFluxNameTheTraceOfTheirRequest() {
		try (TestApplication application = start(CorrelatedShop.Reactive.class,
				"spring.main.web-application-type=reactive")) {
			requestConcurrently(application, "/orders/");
			assertEachLineNamesItsTrace(CorrelatedShop.REACTIVE);
			assertThreadsKeepNothing(application);
		}
	}

	@Test
	void linesOfVirtualThreadsNameTheTraceOfTheirRequest() {
		assumeThat(Runtime.version().feature()).as("the JDK has virtual threads").isGreaterThanOrEqualTo(21);
		try (TestApplication application = start(CorrelatedShop.Blocking.class,
				"spring.threads.virtual.enabled=true")) {
			assertThat(requestConcurrently(application, "/orders/"))
				.allSatisfy((threads) -> assertThat(threads).containsPattern("VirtualThread.* VirtualThread"));
			assertEachLineNamesItsTrace(CorrelatedShop.BLOCKING);
			assertThreadsKeepNothing(application);
		}
	}

	private TestApplication start(Class<?> shop, String... properties) {
		TestApplication application = TestApplication.start(shop, properties);
		this.events.start();
		this.logger.addAppender(this.events);
		return application;
	}

	private static List<String> requestConcurrently(TestApplication application, String path) {
		ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
		try {
			List<CompletableFuture<String>> answers = new ArrayList<>();
			for (int order = 1; order <= REQUESTS; order++) {
				String url = path + order;
				String traceparent = "00-" + traceId(order) + "-00000000000000aa-01";
				answers.add(
						CompletableFuture.supplyAsync(() -> application.get(url, "traceparent", traceparent), clients));
			}
			return answers.stream().map(CompletableFuture::join).toList();
		}
		finally {
			clients.shutdownNow();
		}
	}

	private void assertEachLineNamesItsTrace(List<String> places) {
		assertThat(this.events.events()).hasSize(REQUESTS * places.size());
		for (int order = 1; order <= REQUESTS; order++) {
			String prefix = order + " in ";
			List<ILoggingEvent> lines = this.events.events()
				.stream()
				.filter((event) -> event.getFormattedMessage().startsWith(prefix))
				.toList();
			assertThat(lines).extracting((event) -> event.getFormattedMessage().substring(prefix.length()))
				.containsExactlyElementsOf(places);
			assertThat(lines).allSatisfy(LogCorrelationTests::assertNamesItsTrace);
		}
	}

	private static void assertNamesItsTrace(ILoggingEvent event) {
		Map<String, String> mdc = event.getMDCPropertyMap();
		String trace = traceId(Integer.parseInt(event.getFormattedMessage().split(" ")[0]));
		assertThat(mdc).containsEntry("trace_id", trace)
			.containsEntry("trace_flags", "01")
			.containsEntry("AWS-XRAY-TRACE-ID",
					"1-" + trace.substring(0, 8) + "-" + trace.substring(8) + "@" + mdc.get("span_id"));
	}

	/**
	 * As many tasks as threads, from a thread without a span.
	 */
	private void assertThreadsKeepNothing(TestApplication application) {
		this.events.events().clear();
		Executor executor = application.bean(Executor.class);
		for (int task = 0; task < 8; task++) {
			CompletableFuture.runAsync(() -> this.logger.info("nothing to do"), executor).join();
		}
		assertThat(this.events.events()).hasSize(8)
			.allSatisfy((event) -> assertThat(event.getMDCPropertyMap()).isEmpty());
	}

	private static String traceId(int order) {
		return "6789abcd%024x".formatted(order);
	}

}
