package io.github.adotspring.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;
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

	@Test
	void defaultsApplyWhereTheApplicationSaysNothing() {
		try (ConfigurableApplicationContext context = application().run()) {
			assertDefaults(context.getEnvironment(), "none", "false");
		}
	}

	@Test
	void defaultPropertiesOfTheApplicationWin() {
		try (ConfigurableApplicationContext context = application().properties("otel.logs.exporter=logging").run()) {
			assertDefaults(context.getEnvironment(), "logging", null);
		}
	}

	@Test
	void propertySourcesThatTheApplicationAppendsWin() {
		MapPropertySource source = new MapPropertySource("appended", Map.of("otel.logs.exporter", "logging"));
		try (ConfigurableApplicationContext context = application()
			.initializers((starting) -> starting.getEnvironment().getPropertySources().addLast(source))
			.run()) {
			assertDefaults(context.getEnvironment(), "logging", null);
		}
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false");
	}

	private static void assertDefaults(Environment environment, String exporter, @Nullable String instrumentation) {
		assertThat(environment.getProperty("otel.logs.exporter")).isEqualTo(exporter);
		assertThat(environment.getProperty("otel.instrumentation.logback-appender.enabled")).isEqualTo(instrumentation);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
