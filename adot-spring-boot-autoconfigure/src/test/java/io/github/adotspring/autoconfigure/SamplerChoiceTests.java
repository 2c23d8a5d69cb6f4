package io.github.adotspring.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class SamplerChoiceTests {

	private static final String PREFIX = "management.adot.tracing.sampling.";

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			sampler=xray                                                        | xray                     | -
			sampler=always-on                                                   | always_on                | -
			sampler=always-off                                                  | always_off               | -
			sampler=ratio,probability=0.1                                       | traceidratio             | 0.1
			sampler=rate-limited,traces-per-second=10                           | rate_limited             | 10
			sampler=parent-based-always-on                                      | parentbased_always_on    | -
			sampler=parent-based-always-off                                     | parentbased_always_off   | -
			sampler=parent-based-ratio,probability=0.1                          | parentbased_traceidratio | 0.1
			sampler=parent-based-rate-limited,traces-per-second=0.5             | parentbased_rate_limited | 0.5
			sampler=RATE_LIMITED,traces-per-second=10                           | rate_limited             | 10
			sampler=rate-limited,traces-per-second=10,probability=0.1           | rate_limited             | 10
			sampler=ratio,traces-per-second=10,probability=0.1                  | traceidratio             | 0.1
			probability=0.1                                                     | parentbased_traceidratio | 0.1
			traces-per-second=10                                                | parentbased_rate_limited | 10
			timeout=5s                                                          | -                        | -
			sampler=nonsense                                                    | -                        | -
			""")
	void propertiesAskForTheSamplerAndItsArgument(String properties, @Nullable String sampler,
			@Nullable String argument) {
		MockEnvironment environment = new MockEnvironment();
		for (String property : properties.split(",")) {
			environment.setProperty(PREFIX + property.split("=")[0], property.split("=")[1]);
		}
		assertThat(SamplerChoice.nameIn(environment)).isEqualTo(sampler);
		assertThat(SamplerChoice.argumentIn(environment)).isEqualTo(argument);
	}

	@ParameterizedTest
	@EnumSource
	void everyChoiceIsASampler(SamplerChoice choice) {
		MockEnvironment environment = new MockEnvironment().withProperty(PREFIX + "sampler",
				choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
		assertThat(SamplerChoice.nameIn(environment)).isNotNull();
	}

	@Test
	void nothingIsAskedForWithoutProperties() {
		assertThat(SamplerChoice.nameIn(new MockEnvironment())).isNull();
		assertThat(SamplerChoice.argumentIn(new MockEnvironment())).isNull();
	}

	@Test
	void samplerThatThereIsNotIsReportedAtStart() {
		FailureAnalysis analysis = analysis(PREFIX + "sampler=somtimes");
		assertThat(analysis.getDescription()).contains(PREFIX + "sampler", "somtimes");
		assertThat(analysis.getAction()).contains(values());
	}

	@ParameterizedTest
	@ValueSource(strings = { "rate-limited", "parent-based-rate-limited" })
	void limitThatIsMissingIsReportedAtStart(String sampler) {
		FailureAnalysis analysis = analysis(PREFIX + "sampler=" + sampler);
		assertThat(analysis.getDescription()).contains("'" + PREFIX + "traces-per-second' is not set",
				"the sampler of '" + PREFIX + "sampler' needs it");
		assertThat(analysis.getAction()).contains("'0.5' for one trace in two seconds");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, is not set", "ten, has the value 'ten'", "0, has the value '0.0'" })
	void argumentThatIsNoLimitIsReportedAtStart(@Nullable String argument, String problem) {
		FailureAnalysis analysis = (argument != null)
				? analysis("otel.traces.sampler=rate_limited", "otel.traces.sampler.arg=" + argument)
				: analysis("otel.traces.sampler=rate_limited");
		assertThat(analysis.getDescription()).contains("'otel.traces.sampler.arg' " + problem);
	}

	private static List<String> values() {
		return Arrays.stream(SamplerChoice.values()).map(Enum::name).toList();
	}

	private static FailureAnalysis analysis(String... properties) {
		Throwable failure = catchThrowable(() -> TestApplication.start(Application.class, properties).close());
		assertThat(failure).isNotNull();
		return FailureAnalyses.of(failure);
	}

	@EnableAutoConfiguration
	static class Application {

	}

}
