package io.github.adotspring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;

class OpenTelemetryVersionsTests {

	@Test
	void versionsOfThisBuildAreKnownAndGoTogether() {
		OpenTelemetryVersions versions = OpenTelemetryVersions.detect(getClass().getClassLoader());
		assertThat(versions).isEqualTo(new OpenTelemetryVersions("2.27.0", "1.62.0"));
		assertThat(versions.betterSdk()).isNull();
	}

	@Test
	void nothingIsSaidWhereTheVersionsCanNotBeTold() {
		assertThat(OpenTelemetryVersions.detect(ClassLoader.getPlatformClassLoader())).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2.27.0, 1.61.0", "2.27.0, 1.62.0", "2.28.1, 1.62.0", "2.31.1, 1.63.0", "2.31.1, 1.65.0",
			"2.31.1, 1.66.0", "2.99.0, 1.99.0", "3.0.0, 1.62.0", "custom, 1.62.0" })
	void versionsThatGoTogetherOrAreNotKnownAreLeftAlone(String instrumentation, String sdk) {
		assertThat(new OpenTelemetryVersions(instrumentation, sdk).betterSdk()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2.27.0, 1.55.0, 1.62.0", "2.27.0, 1.63.0, 1.62.0", "2.27.0, 1.67.0, 1.62.0", "2.31.1, 1.62.0, 1.65.0",
			"2.31.1, 1.67.0, 1.65.0", "2.26.1, 1.62.0, 1.60.1" })
	void versionsThatWereSeenToFailAreRecognised(String instrumentation, String sdk, String better) {
		assertThat(new OpenTelemetryVersions(instrumentation, sdk).betterSdk()).isEqualTo(better);
	}

	@Test
	void analysisNamesThePropertyToSet() {
		OpenTelemetryVersionException problem = new OpenTelemetryVersionException(
				new OpenTelemetryVersions("2.27.0", "1.64.0"), "1.62.0");
		FailureAnalysis analysis = new OpenTelemetryVersionFailureAnalyzer().analyze(problem);
		assertThat(analysis.getDescription()).isEqualTo("OpenTelemetry instrumentation 2.27.0 and OpenTelemetry SDK "
				+ "1.64.0 are on the class path and can't work together.");
		assertThat(analysis.getAction())
			.isEqualTo("Set the property 'opentelemetry.version' of the build to 1.62.0, or "
					+ "import the opentelemetry-instrumentation-bom that fits OpenTelemetry SDK 1.64.0.");
	}

}
