package io.github.adotspring.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the resource that spans are exported with.
 */
class ResourceTests {

	private static Map<String, Object> resource;

	@BeforeAll
	static void start() {
		resource = resource("spring.application.name=orders", "spring.application.group=shop",
				"management.opentelemetry.resource-attributes.team=blue",
				"management.opentelemetry.resource-attributes[deployment.environment.name]=test");
	}

	@Test
	void applicationNamesItsServiceAndNamespace() {
		assertThat(resource).containsEntry("service.name", "orders").containsEntry("service.namespace", "shop");
	}

	@Test
	void resourceAttributesOfBootAreAdded() {
		assertThat(resource).containsEntry("team", "blue").containsEntry("deployment.environment.name", "test");
	}

	@Test
	void starterIsTheDistribution() {
		assertThat(resource).containsEntry("telemetry.distro.name", "adot-spring-boot-starter")
			.containsEntry("telemetry.sdk.name", "opentelemetry")
			.containsEntry("telemetry.sdk.language", "java");
	}

	@Test
	void commandLineIsLeftOut() {
		assertThat(resource).containsKey("process.pid")
			.doesNotContainKeys("process.command_args", "process.command_line");
	}

	@Test
	void resourceAttributesOfBootWinOverTheNamesOfTheApplication() {
		assertThat(resource("spring.application.name=orders", "spring.application.group=shop",
				"management.opentelemetry.resource-attributes[service.name]=billing",
				"management.opentelemetry.resource-attributes[service.namespace]=back-office"))
			.containsEntry("service.name", "billing")
			.containsEntry("service.namespace", "back-office");
	}

	@Test
	void resourceAttributesOfOtelAreAddedAndWinOverTheNamesOfTheApplication() {
		assertThat(resource("spring.application.name=orders", "spring.application.group=shop",
				"otel.resource.attributes=service.namespace=back-office,team=blue", "otel.service.name=billing"))
			.containsEntry("service.name", "billing")
			.containsEntry("service.namespace", "back-office")
			.containsEntry("team", "blue");
	}

	private static Map<String, Object> resource(String... properties) {
		try (TestApplication application = TestApplication.start(Application.class, properties)) {
			application.get("/");
			return application.awaitSpan("GET /").resourceAttributes();
		}
	}

	@EnableAutoConfiguration
	@RestController
	static class Application {

		@GetMapping("/")
		String hello() {
			return "hello";
		}

	}

}
