package io.github.adotspring.samples.orders.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * The shop. It has no database: that is the warehouse's.
 */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class ShopApplication {

	public static void main(String[] args) {
		builder().run(args);
	}

	public static SpringApplicationBuilder builder() {
		return new SpringApplicationBuilder(ShopApplication.class).main(ShopApplication.class).profiles("shop");
	}

}
