package io.github.adotspring.samples.quickstart;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ShopApplicationTests {

	private static final Pattern LINE = Pattern
		.compile("1-(\\p{XDigit}{8})-(\\p{XDigit}{24})@\\p{XDigit}{16} .*Order 1 comes to");

	// Not made by the application's builder, so that the trace begins in the shop.
	private final RestClient browser = RestClient.create();

	@LocalServerPort
	private int port;

	@Test
	void anOrderIsOneTraceFromTheRequestToTheQueriesBehindTheCallToItself(CapturedOutput output) {
		assertThat(get("/orders/1")).isEqualTo(200);
		assertShows(output, "GET /orders/{id} SERVER", "  Orders.find INTERNAL", "    SELECT shop.order_line CLIENT",
				"    GET localhost:%d/prices/kettle CLIENT", "      GET /prices/{sku} SERVER",
				"        SELECT shop.product CLIENT", "    GET localhost:%d/prices/teapot CLIENT",
				"      GET /prices/{sku} SERVER", "        SELECT shop.product CLIENT");
	}

	@Test
	void aFailureIsMarkedFromWhereItHappenedUpToTheRequest(CapturedOutput output) {
		assertThat(get("/orders/2")).isEqualTo(500);
		assertShows(output, "GET /orders/{id} SERVER ERROR", "  Orders.find INTERNAL ERROR",
				"    SELECT shop.order_line CLIENT", "    GET localhost:%d/prices/samovar CLIENT ERROR",
				"      GET /prices/{sku} SERVER", "        SELECT shop.product CLIENT");
	}

	@Test
	void anUnknownOrderIsNoFailure(CapturedOutput output) {
		assertThat(get("/orders/9")).isEqualTo(404);
		assertShows(output, "GET /orders/{id} SERVER", "  Orders.find INTERNAL", "    SELECT shop.order_line CLIENT");
	}

	@Test
	void aLogLineHasTheXrayIdOfItsTrace(CapturedOutput output) {
		assertThat(get("/orders/1")).isEqualTo(200);
		Matcher line = LINE.matcher(output);
		assertThat(line.find()).isTrue();
		await().untilAsserted(() -> assertThat(output).contains("Trace " + line.group(1) + line.group(2) + ", "));
	}

	private int get(String path) {
		return this.browser.get()
			.uri("http://localhost:" + this.port + path)
			.exchange((request, response) -> response.getStatusCode())
			.value();
	}

	/**
	 * The last one counts, because a trace is shown again when a span of it comes late.
	 */
	private void assertShows(CapturedOutput output, String... lines) {
		List<String> spans = Stream.of(lines).map((line) -> line.formatted(this.port)).toList();
		await().untilAsserted(() -> assertThat(ShownTrace.in(output)).filteredOn(ShownTrace::isRequest)
			.last()
			.isEqualTo(new ShownTrace(spans)));
	}

}
