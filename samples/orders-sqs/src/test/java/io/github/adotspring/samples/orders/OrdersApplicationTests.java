package io.github.adotspring.samples.orders;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class OrdersApplicationTests {

	private static OrdersApplication orders;

	// Not made by an application's builder, so that the trace begins in the shop.
	private final RestClient customer = RestClient.create();

	@BeforeAll
	static void start() {
		orders = OrdersApplication.start("--server.port=0",
				"--orders.queue.port=" + TestSocketUtils.findAvailableTcpPort());
	}

	@AfterAll
	static void close() {
		orders.close();
	}

	@Test
	void anOrderIsOneTraceFromTheRequestThroughTheQueueToTheShipment(CapturedOutput output) {
		Order order = this.customer.post()
			.uri("http://localhost:{port}/orders?sku=kettle&quantity=2", orders.shopPort())
			.retrieve()
			.body(Order.class);
		// A trace is shown again when more of it comes, and the warehouse's part may come
		// late.
		await().atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(ShownTrace.in(output))
				.contains(new ShownTrace(List.of("POST /orders SERVER shop", "  Sqs.GetQueueUrl CLIENT shop",
						"  orders publish PRODUCER shop", "    orders process CONSUMER warehouse",
						"      INSERT warehouse.shipment CLIENT warehouse"))));
		assertThat(this.customer.get()
			.uri("http://localhost:{port}/shipments", orders.warehousePort())
			.retrieve()
			.body(Order[].class)).containsExactly(order);
	}

}
