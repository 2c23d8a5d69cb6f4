package io.github.adotspring.autoconfigure.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link SpoolProperties}.
 */
final class SpoolPropertiesTests {

	@Test
	void hasTheDefaultsThatItsDescriptionsSay() {
		SpoolProperties properties = bind(Map.of());
		assertThat(properties)
			.isEqualTo(new SpoolProperties(false, null, DataSize.ofMegabytes(100), Duration.ofHours(24)));
		assertThat(properties.directoryOrDefault())
			.isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "adot-spool-" + System.getProperty("user.name")));
	}

	@Test
	void readsEveryProperty() {
		SpoolProperties properties = bind(Map.of("management.adot.delivery.spool.enabled", "true",
				"management.adot.delivery.spool.directory", "/var/spool/my app",
				"management.adot.delivery.spool.max-size", "1GB", "management.adot.delivery.spool.max-age", "14d"));
		assertThat(properties).isEqualTo(
				new SpoolProperties(true, Path.of("/var/spool/my app"), DataSize.ofGigabytes(1), Duration.ofDays(14)));
		assertThat(properties.directoryOrDefault()).isEqualTo(Path.of("/var/spool/my app"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-size | 0      | 0B        | a size must be larger than zero | Write a size such as '10MB'
			max-size | -1MB   | -1048576B | a size must be larger than zero | Write a size such as '10MB'
			max-age  | 0s     | PT0S     | a time must be longer than zero | Write a duration such as '10s'
			max-age  | 337h   | PT337H   | the longest is 14d              | Write a duration up to '14d'
			""")
	void refusesWhatCannotWork(String name, String value, String shown, String rule, String fix) {
		Throwable failure = catchThrowable(() -> bind(Map.of("management.adot.delivery.spool." + name, value)));
		FailureAnalysis analysis = FailureAnalyses.of(failure);
		assertThat(analysis.getDescription()).isEqualTo("Property 'management.adot.delivery.spool." + name
				+ "' has the value '" + shown + "', but " + rule + ".");
		assertThat(analysis.getAction()).isEqualTo(fix + ", or remove the property to use the default.");
	}

	private static SpoolProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(SpoolProperties.PREFIX,
				SpoolProperties.class);
	}

}
