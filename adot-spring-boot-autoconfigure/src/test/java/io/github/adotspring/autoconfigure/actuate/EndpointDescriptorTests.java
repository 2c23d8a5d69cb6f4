package io.github.adotspring.autoconfigure.actuate;

import java.net.URI;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EndpointDescriptor}.
 */
final class EndpointDescriptorTests {

	@Test
	void tellsNoSecretsOfAUrl() {
		assertThat(EndpointDescriptor.of(URI.create("https://user:secret@collector:4318/v1/traces?key=secret"), "test"))
			.isEqualTo(new EndpointDescriptor("https://collector:4318/v1/traces", "test"));
	}

	@Test
	void isNothingWithoutAUrl() {
		assertThat(EndpointDescriptor.of(null, "test")).isNull();
	}

}
