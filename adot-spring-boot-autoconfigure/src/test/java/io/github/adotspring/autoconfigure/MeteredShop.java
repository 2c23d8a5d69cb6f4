package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application with credentials for AWS that measures with Micrometer and with the
 * OpenTelemetry API.
 */
@EnableAutoConfiguration
@RestController
@Import(MeteredShop.Stock.class)
class MeteredShop {

	@Bean
	AwsCredentialsProvider credentialsProvider() {
		return StaticCredentialsProvider
			.create(AwsBasicCredentials.create(AccessKey.EXAMPLE.id(), AccessKey.EXAMPLE.secret()));
	}

	/**
	 * Knows what was measured without anything of the starter.
	 */
	@Bean
	SimpleMeterRegistry simpleMeterRegistry() {
		return new SimpleMeterRegistry();
	}

	@GetMapping("/orders")
	String orders() {
		return "";
	}

	/**
	 * Makes the measurements of tests.
	 */
	static class Stock {

		private final AtomicInteger level = new AtomicInteger();

		private final MeterRegistry registry;

		private final LongCounter sold;

		private final DoubleHistogram reserved;

		Stock(MeterRegistry registry, OpenTelemetry openTelemetry) {
			this.registry = registry;
			Gauge.builder("stock.level", this.level, AtomicInteger::get).register(registry);
			Meter meter = openTelemetry.getMeter("shop");
			this.sold = meter.counterBuilder("shop.sold").build();
			this.reserved = meter.histogramBuilder("shop.reserved").setUnit("s").build();
		}

		void place(int orders) {
			this.registry.counter("orders.placed").increment(orders);
		}

		void level(int level) {
			this.level.set(level);
		}

		void sell(String item, int number) {
			this.sold.add(number, Attributes.of(AttributeKey.stringKey("item"), item));
		}

		/**
		 * Measures with both sources, and returns what, in rising order and seconds.
		 */
		double[] reserve() {
			double[] seconds = IntStream.range(0, 200).mapToDouble((i) -> 0.002 * Math.pow(1.03, i)).toArray();
			for (double second : seconds) {
				Timer.builder("stock.reserve")
					.register(this.registry)
					.record(Duration.ofNanos(Math.round(second * 1e9)));
				this.reserved.record(second);
			}
			return seconds;
		}

	}

}
