package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.delivery.ErrorText;
import io.github.adotspring.autoconfigure.otlp.JsonText;
import io.github.adotspring.autoconfigure.sampling.SamplingApi.Targets;
import io.github.adotspring.autoconfigure.sampling.SamplingApi.Unprocessed;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The statistics and targets of GetSamplingTargets. Times are seconds with a fraction.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/xray/latest/api/API_GetSamplingTargets.html">GetSamplingTargets</a>
 */
final class SamplingTargetJson {

	private static final int MILLISECOND_DIGITS = 3;

	private SamplingTargetJson() {
	}

	static String write(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts) {
		return statistics.stream()
			.map((rule) -> write(clientId, rule))
			.collect(Collectors.joining(",", "{\"SamplingStatisticsDocuments\":[",
					"],\"SamplingBoostStatisticsDocuments\":["))
				+ boosts.stream().map(SamplingTargetJson::write).collect(Collectors.joining(",", "", "]}"));
	}

	private static String write(BoostStatistics statistics) {
		return "{\"RuleName\":" + JsonText.quote(statistics.rule()) + ",\"ServiceName\":"
				+ JsonText.quote(statistics.service()) + ",\"Timestamp\":" + seconds(statistics.time())
				+ ",\"AnomalyCount\":" + statistics.anomalies() + ",\"TotalCount\":" + statistics.traces()
				+ ",\"SampledAnomalyCount\":" + statistics.sampledAnomalies() + "}";
	}

	private static String write(String clientId, RuleStatistics statistics) {
		return "{\"RuleName\":" + JsonText.quote(statistics.rule()) + ",\"ClientID\":" + JsonText.quote(clientId)
				+ ",\"Timestamp\":" + seconds(statistics.time()) + ",\"RequestCount\":" + statistics.requests()
				+ ",\"SampledCount\":" + statistics.sampled() + ",\"BorrowCount\":" + statistics.borrowed() + "}";
	}

	private static String seconds(Instant time) {
		return BigDecimal.valueOf(time.toEpochMilli(), MILLISECOND_DIGITS).toPlainString();
	}

	/**
	 * Read an answer. Its statistics were taken, whatever can't be understood of it.
	 * @param leftOut takes what is left out
	 * @throws IOException if it is no answer
	 */
	static Targets read(String json, String source, Consumer<String> leftOut) throws IOException {
		JsonFields answer = JsonFields.of(JsonFields.parse(json, source), source);
		List<SamplingTarget> targets = elements("A sampling target", answer.list("SamplingTargetDocuments"),
				SamplingTargetJson::target, leftOut);
		return new Targets(targets, modified(answer, leftOut), unprocessed(answer, "UnprocessedStatistics", leftOut),
				unprocessed(answer, "UnprocessedBoostStatistics", leftOut));
	}

	private static List<Unprocessed> unprocessed(JsonFields answer, String name, Consumer<String> leftOut)
			throws IOException {
		return elements("An error of sampling statistics", answer.list(name), SamplingTargetJson::unprocessed, leftOut);
	}

	private static <T> List<T> elements(String what, List<JsonNode> nodes, ElementReader<T> reader,
			Consumer<String> leftOut) {
		List<T> elements = new ArrayList<>();
		for (JsonNode node : nodes) {
			try {
				elements.add(reader.read(JsonFields.of(node, "it")));
			}
			catch (IOException ex) {
				leftOut.accept(ErrorText.clean(what + " is left out: " + ex.getMessage()));
			}
		}
		return List.copyOf(elements);
	}

	private static @Nullable Instant modified(JsonFields answer, Consumer<String> leftOut) {
		try {
			return answer.time("LastRuleModification");
		}
		catch (IOException ex) {
			leftOut.accept("The time of the last change of sampling rules is left out: " + ex.getMessage());
			return null;
		}
	}

	private static Unprocessed unprocessed(JsonFields fields) throws IOException {
		return new Unprocessed(fields.text("RuleName", ""), fields.text("ErrorCode", ""),
				ErrorText.clean(fields.text("Message", "")));
	}

	private static SamplingTarget target(JsonFields fields) throws IOException {
		Integer seconds = fields.whole("Interval", 1, Integer.MAX_VALUE);
		return new SamplingTarget(JsonFields.required("RuleName", fields.text("RuleName")),
				JsonFields.required("FixedRate", fields.rate("FixedRate")),
				fields.whole("ReservoirQuota", 0, Integer.MAX_VALUE), fields.time("ReservoirQuotaTTL"),
				(seconds != null) ? Duration.ofSeconds(seconds) : null, boost(fields.object("SamplingBoost")));
	}

	private static SamplingTarget.@Nullable Boost boost(@Nullable JsonFields fields) throws IOException {
		return (fields != null) ? new SamplingTarget.Boost(JsonFields.required("BoostRate", fields.rate("BoostRate")),
				JsonFields.required("BoostRateTTL", fields.time("BoostRateTTL"))) : null;
	}

	/**
	 * Reads an element of a list.
	 *
	 * @param <T> type of the element
	 */
	private interface ElementReader<T> {

		T read(JsonFields fields) throws IOException;

	}

}
