package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import io.opentelemetry.context.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shops that log the number of an order wherever a request takes them, as "7 in async".
 */
final class CorrelatedShop {

	static final List<String> BLOCKING = List.of("handler", "async", "executor", "wrapped", "completion");

	static final List<String> REACTIVE = List.of("handler", "delay", "publishOn", "subscribeOn", "async", "end");

	private static final Logger logger = LoggerFactory.getLogger(CorrelatedShop.class);

	private CorrelatedShop() {
	}

	private static void log(int order, String where) {
		logger.info("{} in {}", order, where);
	}

	private static Mono<Integer> chain(Warehouse warehouse, int order) {
		log(order, "handler");
		return Mono.delay(Duration.ofMillis(1))
			.doOnNext((tick) -> log(order, "delay"))
			.publishOn(Schedulers.parallel())
			.doOnNext((tick) -> log(order, "publishOn"))
			.flatMap((tick) -> Mono.fromRunnable(() -> log(order, "subscribeOn"))
				.subscribeOn(Schedulers.boundedElastic())
				.thenReturn(order))
			.flatMap((id) -> Mono.fromFuture(() -> warehouse.reserve(order)))
			.doOnNext((thread) -> log(order, "end"))
			.thenReturn(order);
	}

	@EnableAutoConfiguration
	@EnableAsync(proxyTargetClass = true)
	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Warehouse warehouse() {
			return new Warehouse();
		}

	}

	static class Warehouse {

		@Async
		CompletableFuture<String> reserve(int order) {
			log(order, "async");
			return CompletableFuture.completedFuture(Thread.currentThread().toString());
		}

	}

	/**
	 * With Spring MVC.
	 */
	@Import(Beans.class)
	@RestController
	static class Blocking {

		private final Warehouse warehouse;

		private final Executor executor;

		Blocking(Warehouse warehouse, Executor executor) {
			this.warehouse = warehouse;
			this.executor = executor;
		}

		@GetMapping("/orders/{id}")
		String order(@PathVariable int id) {
			log(id, "handler");
			String thread = this.warehouse.reserve(id).join();
			CompletableFuture.runAsync(() -> log(id, "executor"), this.executor).join();
			Executor wrapped = Context.taskWrapping(ForkJoinPool.commonPool());
			CompletableFuture.runAsync(() -> log(id, "wrapped"), wrapped)
				.thenRunAsync(() -> log(id, "completion"), this.executor)
				.join();
			return Thread.currentThread() + " " + thread;
		}

		@GetMapping("/reactive/{id}")
		Mono<Integer> reactive(@PathVariable int id) {
			return chain(this.warehouse, id);
		}

	}

	/**
	 * With WebFlux.
	 */
	@Import(Beans.class)
	@RestController
	static class Reactive {

		private final Warehouse warehouse;

		Reactive(Warehouse warehouse) {
			this.warehouse = warehouse;
		}

		// Tomcat is on the class path of the tests too, and would be taken first.
		@Bean
		static NettyReactiveWebServerFactory webServerFactory() {
			return new NettyReactiveWebServerFactory();
		}

		@GetMapping("/orders/{id}")
		Mono<Integer> order(@PathVariable int id) {
			return chain(this.warehouse, id);
		}

	}

}
