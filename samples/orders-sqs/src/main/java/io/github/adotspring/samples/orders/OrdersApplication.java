package io.github.adotspring.samples.orders;

import io.github.adotspring.samples.orders.shop.ShopApplication;
import io.github.adotspring.samples.orders.warehouse.WarehouseApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Both applications and the queue in one process, for a laptop. They share nothing but
 * the traces that the console shows, which makes it show them whole, as X-Ray does.
 */
public final class OrdersApplication implements AutoCloseable {

	/** Name of the bean that keeps the traces of the console. */
	private static final String TRACES = "adotTraceStore";

	private final ConfigurableApplicationContext warehouse;

	private final ConfigurableApplicationContext shop;

	private OrdersApplication(ConfigurableApplicationContext warehouse, ConfigurableApplicationContext shop) {
		this.warehouse = warehouse;
		this.shop = shop;
	}

	public static void main(String[] args) {
		OrdersApplication orders = start(args);
		System.out.printf(
				"%n  Order something, and look at the trace some seconds later:%n%n"
						+ "    curl -d sku=kettle -d quantity=2 localhost:%s/orders%n"
						+ "    curl localhost:%s/shipments%n%n  Ctrl-C closes both.%n%n",
				port(orders.shop), port(orders.warehouse));
	}

	/**
	 * The warehouse comes first, since it has the queue.
	 */
	static OrdersApplication start(String... args) {
		ConfigurableApplicationContext warehouse = start(WarehouseApplication.builder(), args);
		SpringApplicationBuilder shop = ShopApplication.builder()
			.initializers((context) -> context.getBeanFactory().registerSingleton(TRACES, warehouse.getBean(TRACES)));
		return new OrdersApplication(warehouse, start(shop, args));
	}

	private static ConfigurableApplicationContext start(SpringApplicationBuilder application, String... args) {
		return application.profiles("local").run(args);
	}

	private static String port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port");
	}

	String shopPort() {
		return port(this.shop);
	}

	String warehousePort() {
		return port(this.warehouse);
	}

	@Override
	public void close() {
		this.shop.close();
		this.warehouse.close();
	}

}
