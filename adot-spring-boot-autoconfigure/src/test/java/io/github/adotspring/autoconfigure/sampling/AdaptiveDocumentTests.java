package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AdaptiveDocument}.
 */
class AdaptiveDocumentTests {

	private static final String DOCUMENT = """
			version: 1.0
			anomalyConditions:
			  - errorCodeRegex: "^5\\\\d\\\\d$"
			    operations: ["GET /checkout", "POST /orders"]
			    highLatencyMs: 500
			    usage: sampling-boost
			  - highLatencyMs: 3000
			    usage: anomaly-trace-capture
			  - errorCodeRegex: "429"
			anomalyCaptureLimit:
			  anomalyTracesPerSecond: 7
			""";

	@Test
	void everythingIsRead() {
		assertAll(AdaptiveDocument.read(DOCUMENT));
	}

	@Test
	void documentCanBeAFile(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("adaptive.yml"), DOCUMENT);
		assertAll(AdaptiveDocument.read(file.toString()));
	}

	private static void assertAll(AdaptiveSettings.Local read) {
		assertThat(read.tracesPerSecond()).isEqualTo(7);
		assertThat(read.conditions()).hasToString("""
				[AnomalyCondition[status=^5\\d\\d$, latencyMillis=500, operations=[GET /checkout, POST /orders], \
				use=SAMPLING_BOOST], \
				AnomalyCondition[status=null, latencyMillis=3000, operations=[], use=ANOMALY_TRACE_CAPTURE], \
				AnomalyCondition[status=429, latencyMillis=null, operations=[], use=BOTH]]""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "version: 1", "{version: 1.0}", "{\"version\": 1.9}", "version: '1.0'\n" })
	void versionAloneIsEnough(String document) {
		AdaptiveSettings.Local read = AdaptiveDocument.read(document);
		assertThat(read.tracesPerSecond()).isEqualTo(1);
		assertThat(read.conditions()).isSameAs(AnomalyConditions.byDefault());
	}

	@Test
	void emptyListIsNotTheDefault() {
		assertThat(AdaptiveDocument.read("{version: 1, anomalyConditions: []}").conditions()).hasToString("[]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                                                         | it has no version
			{version: 5000.1}                                          | only versions below 2 are known
			{version: 2}                                               | only versions below 2 are known
			{version: 0}                                               | only versions below 2 are known
			{version: one}                                             | one
			{anomalyCaptureLimit: {anomalyTracesPerSecond: 1}}         | it has no version
			/etc/no-such-file.yml                                      | there is no such file
			{version: 1, anomalyCondition: []}                         | elements [anomalycondition]
			{version: 1, anomalyConditions: [{errorCode: '5'}]}        | errorcode
			{version: 1, anomalyConditions: [{usage: none}]}           | none
			{version: 1, anomalyConditions: [{usage: both}]}           | nothing in it says what is an anomaly
			{version: 1, anomalyConditions: [{errorCodeRegex: '['}]}   | no regular expression
			{version: 1, anomalyConditions: [{highLatencyMs: -1}]}     | the least is 0
			{version: 1, anomalyCaptureLimit: {anomalyTracesPerSecond: -1}} | the least is 0
			{version: 1                                                | while parsing
			""")
	void errorNamesTheVariableAndTheReason(String document, String reason) {
		assertThatExceptionOfType(InvalidAdotConfigurationException.class)
			.isThrownBy(() -> AdaptiveDocument.read(document))
			.withMessageStartingWith("Property 'aws.xray.adaptive.sampling.config")
			.withMessageContaining(reason);
	}

}
