package io.github.adotspring.autoconfigure.datum;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApplicationName}.
 */
final class ApplicationNameTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			shop,        shop
			my shop,     my_shop
			Süß & mehr,  S_____mehr
			:shop,       _shop
			AWS/shop,    _AWS/shop
			'',          default
			""")
	void hasTheCharactersOfNamespacesAndLogGroups(String name, String expected) {
		assertThat(ApplicationName.of(new MockEnvironment().withProperty("spring.application.name", name)))
			.isEqualTo(expected);
	}

	@Test
	void isThatOfTheService() {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name", "shop");
		assertThat(ApplicationName.of(environment.withProperty("otel.service.name", "orders"))).isEqualTo("orders");
		assertThat(ApplicationName.of(new MockEnvironment())).isEqualTo("default");
	}

	@Test
	void isNotTooLong() {
		assertThat(ApplicationName.clean("x".repeat(300))).hasSize(255);
		assertThat(ApplicationName.clean("AWS/" + "x".repeat(300))).hasSize(255).startsWith("_AWS/");
	}

}
