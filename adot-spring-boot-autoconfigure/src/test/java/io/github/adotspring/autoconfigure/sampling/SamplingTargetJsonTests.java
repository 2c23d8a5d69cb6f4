package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.adotspring.autoconfigure.sampling.SamplingApi.Targets;
import io.github.adotspring.autoconfigure.sampling.SamplingApi.Unprocessed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SamplingTargetJson}.
 */
final class SamplingTargetJsonTests {

	private final List<String> leftOut = new ArrayList<>();

	@Test
	void statisticsHaveTheNamesAndTheSecondsOfTheApi() {
		assertThat(SamplingTargetJson.write("0123456789abcdef01234567",
				List.of(new RuleStatistics("a\"b", Instant.parse("2026-01-01T00:00:00.25Z"), 10, 3, 1)),
				List.of(new BoostStatistics("b", "s\\hop", Instant.parse("2026-01-01T00:00:01Z"), 9, 4, 2))))
			.isEqualTo("{\"SamplingStatisticsDocuments\":[{\"RuleName\":\"a\\\"b\","
					+ "\"ClientID\":\"0123456789abcdef01234567\",\"Timestamp\":1767225600.250,\"RequestCount\":10,"
					+ "\"SampledCount\":3,\"BorrowCount\":1}],\"SamplingBoostStatisticsDocuments\":[{\"RuleName\":\"b\","
					+ "\"ServiceName\":\"s\\\\hop\",\"Timestamp\":1767225601.000,\"AnomalyCount\":4,\"TotalCount\":9,"
					+ "\"SampledAnomalyCount\":2}]}");
	}

	@Test
	void everyFieldOfAnAnswerIsRead() throws IOException {
		Targets targets = read("""
				{"LastRuleModification": 1.7672256E9, "SamplingTargetDocuments": [{"RuleName": "checkout",
				"FixedRate": 0.25, "ReservoirQuota": 3, "ReservoirQuotaTTL": 1767225610.5, "Interval": 15,
				"SamplingBoost": {"BoostRate": 0.75, "BoostRateTTL": 1767225660}}, {"RuleName": "bare", "FixedRate": 0,
				"Shape": 1}],
				"UnprocessedStatistics": [{"RuleName": "gone", "ErrorCode": "400", "Message": "Unknown rule"}, {}],
				"UnprocessedBoostStatistics": [{"RuleName": "b", "ErrorCode": "x"}]}""");
		Instant time = Instant.parse("2026-01-01T00:00:00Z");
		assertThat(targets).isEqualTo(new Targets(
				List.of(new SamplingTarget("checkout", 0.25, 3, time.plusMillis(10_500), Duration.ofSeconds(15),
						new SamplingTarget.Boost(0.75, time.plusSeconds(60))),
						new SamplingTarget("bare", 0, null, null, null, null)),
				time, List.of(new Unprocessed("gone", "400", "Unknown rule"), new Unprocessed("", "", "")),
				List.of(new Unprocessed("b", "x", ""))));
		assertThat(this.leftOut).isEmpty();
	}

	@Test
	void anEmptyAnswerHasNothing() throws IOException {
		assertThat(read("{}")).isEqualTo(new Targets(List.of(), null, List.of(), List.of()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"FixedRate": 2            | FixedRate is out of range
			"FixedRate": null         | FixedRate is missing
			"RuleName": 1             | RuleName is not text
			"ReservoirQuota": -1      | ReservoirQuota is out of range
			"ReservoirQuotaTTL": 1e15 | ReservoirQuotaTTL is out of range
			"ReservoirQuotaTTL": "2026-01-01T00:00:00Z" | ReservoirQuotaTTL is not a number
			"Interval": 0             | Interval is out of range
			"SamplingBoost": {"BoostRate": 0.5} | BoostRateTTL is missing
			""")
	void aTargetThatCannotBeUnderstoodIsLeftOutAlone(String field, String reason) throws IOException {
		Targets targets = read("{\"SamplingTargetDocuments\": [{\"RuleName\": \"a\", \"FixedRate\": 1, " + field
				+ "}, {\"RuleName\": \"b\", \"FixedRate\": 1}]}");
		assertThat(targets.targets()).extracting(SamplingTarget::rule).containsExactly("b");
		assertThat(this.leftOut).containsExactly("A sampling target is left out: " + reason);
	}

	@Test
	void whatIsAroundTargetsDoesNotTakeThemAlong() throws IOException {
		Targets targets = read("""
				{"SamplingTargetDocuments": [7, {"RuleName": "a", "FixedRate": 1}], "LastRuleModification": "now",
				"UnprocessedStatistics": [1, {"RuleName": "gone"}]}""");
		assertThat(targets.targets()).extracting(SamplingTarget::rule).containsExactly("a");
		assertThat(targets.rulesModified()).isNull();
		assertThat(targets.unprocessed()).containsExactly(new Unprocessed("gone", "", ""));
		assertThat(this.leftOut).containsExactlyInAnyOrder("A sampling target is left out: it is not an object",
				"An error of sampling statistics is left out: it is not an object",
				"The time of the last change of sampling rules is left out: LastRuleModification is not a number");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "[]", "{} {}", "{\"SamplingTargetDocuments\": 1}",
			"{\"UnprocessedStatistics\": {}}" })
	void whatIsNoAnswerIsRefused(String json) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(json)).withMessageNotContaining("nonsense");
	}

	private Targets read(String json) throws IOException {
		return SamplingTargetJson.read(json, "it", this.leftOut::add);
	}

}
