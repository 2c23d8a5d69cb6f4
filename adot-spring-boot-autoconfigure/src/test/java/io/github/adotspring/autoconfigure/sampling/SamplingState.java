package io.github.adotspring.autoconfigure.sampling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a {@link SamplingServer} knows: rules, what clients reported and when.
 */
public final class SamplingState {

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final int MAX_DOCUMENTS = 25;

	private final Clock clock;

	private final Map<String, StoredRule> rules = new LinkedHashMap<>();

	private final Map<String, SharedReservoir> reservoirs = new HashMap<>();

	private final Map<String, Totals> totals = new HashMap<>();

	private final Map<String, BoostTotals> boostTotals = new HashMap<>();

	private final Map<String, Boost> boosts = new HashMap<>();

	private int pageSize = 100;

	private Instant modified;

	SamplingState(Clock clock) {
		this.clock = clock;
		this.modified = clock.instant();
		put("Default", Map.of("Priority", 10_000, "FixedRate", 0.05, "ReservoirSize", 1));
	}

	/**
	 * Creates or replaces a rule.
	 * @param fields what differs from a rule for everything that samples nothing
	 */
	public synchronized void put(String name, Map<String, ?> fields) {
		Map<String, Object> rule = new LinkedHashMap<>(
				Map.of("RuleARN", "arn:aws:xray:us-east-1:123456789012:sampling-rule/" + name, "Priority", 1000,
						"FixedRate", 0, "ReservoirSize", 0, "Version", 1, "Attributes", Map.of()));
		List.of("ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath", "ResourceARN")
			.forEach((pattern) -> rule.put(pattern, "*"));
		rule.put("RuleName", name);
		rule.putAll(fields);
		this.modified = this.clock.instant();
		StoredRule old = this.rules.get(name);
		this.rules.put(name,
				new StoredRule(Map.copyOf(rule), (old != null) ? old.created : this.modified, this.modified));
	}

	public synchronized void remove(String name) {
		this.rules.remove(name);
		this.modified = this.clock.instant();
	}

	/**
	 * Gives a rule another rate for some time.
	 */
	public synchronized void boost(String name, double rate, Instant expiry) {
		this.boosts.put(name, new Boost(rate, expiry));
	}

	public synchronized void setPageSize(int pageSize) {
		this.pageSize = pageSize;
	}

	/**
	 * What all clients reported of a rule so far.
	 */
	public synchronized Totals totals(String rule) {
		return this.totals.getOrDefault(rule, new Totals(0, 0, 0));
	}

	/**
	 * What all services reported of a rule for boosts so far.
	 */
	public synchronized BoostTotals boostTotals(String rule) {
		return this.boostTotals.getOrDefault(rule, new BoostTotals(0, 0, 0));
	}

	synchronized Map<String, Object> rules(JsonNode request) {
		int start = request.has("NextToken") ? parse(request.path("NextToken").asString()) : 0;
		List<StoredRule> all = List.copyOf(this.rules.values());
		int end = Math.min(all.size(), start + this.pageSize);
		Map<String, Object> answer = new HashMap<>();
		answer.put("SamplingRuleRecords",
				all.subList(Math.min(start, end), end).stream().map(StoredRule::json).toList());
		if (end < all.size()) {
			answer.put("NextToken", "from \"" + end + "\"");
		}
		return answer;
	}

	private static int parse(String token) {
		if (!token.matches("from \"\\d+\"")) {
			throw new IllegalArgumentException("Invalid NextToken");
		}
		return Integer.parseInt(token.replaceAll("\\D", ""));
	}

	synchronized Map<String, Object> targets(JsonNode request) {
		JsonNode statistics = request.path("SamplingStatisticsDocuments");
		check(statistics.isArray(), "SamplingStatisticsDocuments is required");
		check(statistics.size() <= MAX_DOCUMENTS, "Too many SamplingStatisticsDocuments");
		JsonNode boosts = request.path("SamplingBoostStatisticsDocuments");
		check(boosts.size() <= MAX_DOCUMENTS, "Too many SamplingBoostStatisticsDocuments");
		statistics.forEach(this::check);
		boosts.forEach(this::checkBoost);
		List<Map<String, Object>> targets = new ArrayList<>();
		List<Map<String, Object>> unprocessed = new ArrayList<>();
		for (JsonNode document : statistics) {
			String name = document.path("RuleName").asString();
			StoredRule rule = this.rules.get(name);
			if (rule == null) {
				unprocessed.add(Map.of("RuleName", name, "ErrorCode", "400", "Message", "Unknown rule"));
			}
			else {
				take(name, document);
				targets.add(target(name, document, rule));
			}
		}
		return Map.of("SamplingTargetDocuments", targets, "LastRuleModification", seconds(this.modified),
				"UnprocessedStatistics", unprocessed, "UnprocessedBoostStatistics", unprocessedBoosts(boosts));
	}

	private void checkBoost(JsonNode document) {
		for (String field : List.of("AnomalyCount", "TotalCount", "SampledAnomalyCount")) {
			check(document.path(field).isIntegralNumber() && document.path(field).asLong() >= 0,
					field + " is required and not negative");
		}
		check(document.path("RuleName").asString("").length() > 0, "RuleName is required");
		check(document.path("ServiceName").asString("").length() > 0, "ServiceName is required");
		check(document.path("Timestamp").isNumber(), "Timestamp is required");
	}

	private List<Map<String, Object>> unprocessedBoosts(JsonNode boosts) {
		List<Map<String, Object>> unprocessed = new ArrayList<>();
		for (JsonNode document : boosts) {
			String name = document.path("RuleName").asString();
			StoredRule rule = this.rules.get(name);
			if (rule == null || !rule.fields.containsKey("SamplingRateBoost")) {
				unprocessed.add(Map.of("RuleName", name, "ErrorCode", "400", "Message", "No boost"));
			}
			else {
				BoostTotals old = boostTotals(name);
				this.boostTotals.put(name,
						new BoostTotals(old.traces + document.path("TotalCount").asLong(),
								old.anomalies + document.path("AnomalyCount").asLong(),
								old.sampledAnomalies + document.path("SampledAnomalyCount").asLong()));
			}
		}
		return unprocessed;
	}

	private void check(JsonNode document) {
		for (String field : List.of("RequestCount", "SampledCount")) {
			check(document.path(field).isIntegralNumber() && document.path(field).asLong() >= 0,
					field + " is required and not negative");
		}
		check(document.path("BorrowCount").asLong(0) >= 0, "BorrowCount is negative");
		check(document.path("RuleName").asString("").length() > 0, "RuleName is required");
		check(document.path("ClientID").asString("").matches("[0-9a-f]{24}"), "ClientID has 24 digits");
		check(document.path("Timestamp").isNumber(), "Timestamp is required");
		double age = seconds(this.clock.instant()) - document.path("Timestamp").asDouble();
		check(Math.abs(age) < Duration.ofDays(1).toSeconds(), "Timestamp is not of today");
	}

	private static void check(boolean valid, String message) {
		if (!valid) {
			throw new IllegalArgumentException(message);
		}
	}

	private void take(String name, JsonNode document) {
		Totals old = totals(name);
		this.totals.put(name,
				new Totals(old.requests + document.path("RequestCount").asLong(),
						old.sampled + document.path("SampledCount").asLong(),
						old.borrowed + document.path("BorrowCount").asLong(0)));
	}

	private Map<String, Object> target(String name, JsonNode document, StoredRule rule) {
		Instant now = this.clock.instant();
		int quota = this.reservoirs.computeIfAbsent(name, (key) -> new SharedReservoir())
			.grant(document.path("ClientID").asString(), document.path("RequestCount").asLong(),
					((Number) rule.fields.get("ReservoirSize")).intValue(), now);
		Map<String, Object> target = new HashMap<>(
				Map.of("RuleName", name, "FixedRate", rule.fields.get("FixedRate"), "ReservoirQuota", quota,
						"ReservoirQuotaTTL", seconds(now.plus(SharedReservoir.TTL)), "Interval", INTERVAL.toSeconds()));
		Boost boost = this.boosts.get(name);
		if (boost != null && boost.expiry.isAfter(now)) {
			target.put("SamplingBoost", Map.of("BoostRate", boost.rate, "BoostRateTTL", seconds(boost.expiry)));
		}
		return target;
	}

	private static double seconds(Instant time) {
		return time.toEpochMilli() / 1000.0;
	}

	/**
	 * What was reported of a rule.
	 */
	public record Totals(long requests, long sampled, long borrowed) {

	}

	/**
	 * What was reported of a rule for boosts.
	 */
	public record BoostTotals(long traces, long anomalies, long sampledAnomalies) {

	}

	private record Boost(double rate, Instant expiry) {

	}

	private record StoredRule(Map<String, @Nullable Object> fields, Instant created, Instant modified) {

		private Map<String, Object> json() {
			return Map.of("SamplingRule", this.fields, "CreatedAt", seconds(this.created), "ModifiedAt",
					seconds(this.modified));
		}

	}

}
