package io.github.adotspring.samples.orders.warehouse;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The warehouse.
 */
@SpringBootApplication
public class WarehouseApplication {

	public static void main(String[] args) {
		builder().run(args);
	}

	public static SpringApplicationBuilder builder() {
		return new SpringApplicationBuilder(WarehouseApplication.class).main(WarehouseApplication.class)
			.profiles("warehouse");
	}

}
