package io.github.adotspring.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the defaults of the starter are below everything that an application says.
 */
class DefaultPropertiesTests {

	private static final String LEVEL = "logging.level.io.opentelemetry.exporter.internal.http.HttpExporter";

	@Test
	void defaultsApplyWhereTheApplicationSaysNothing() {
		try (ConfigurableApplicationContext context = application().run()) {
			assertLevel(context.getEnvironment(), "off");
		}
	}

	@Test
	void defaultPropertiesOfTheApplicationWin() {
		try (ConfigurableApplicationContext context = application().properties(LEVEL + "=warn").run()) {
			assertLevel(context.getEnvironment(), "warn");
		}
	}

	@Test
	void propertySourcesThatTheApplicationAppendsWin() {
		MapPropertySource source = new MapPropertySource("appended", Map.of(LEVEL, "warn"));
		try (ConfigurableApplicationContext context = application()
			.initializers((starting) -> starting.getEnvironment().getPropertySources().addLast(source))
			.run()) {
			assertLevel(context.getEnvironment(), "warn");
		}
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false");
	}

	private static void assertLevel(Environment environment, String level) {
		assertThat(environment.getProperty(LEVEL)).isEqualTo(level);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
