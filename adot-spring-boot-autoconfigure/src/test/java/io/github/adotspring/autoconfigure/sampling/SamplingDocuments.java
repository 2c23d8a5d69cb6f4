package io.github.adotspring.autoconfigure.sampling;

/**
 * Documents of X-Ray's sampling API.
 */
final class SamplingDocuments {

	/** A rule with every field, as the service answers. */
	static final String RULE = """
			{"Attributes": {"tenant": "gold*", "plan": "?"}, "FixedRate": 0.25, "HTTPMethod": "GET", "Host": "*.shop.example",
			"Priority": 20, "ReservoirSize": 7, "ResourceARN": "arn:aws:ecs:*", "RuleName": "checkout",
			"RuleARN": "arn:aws:xray:us-east-1:123456789012:sampling-rule/checkout", "ServiceName": "shop-?",
			"ServiceType": "AWS::ECS::Container", "URLPath": "/checkout/*", "Version": 1,
			"SamplingRateBoost": {"MaxRate": 0.5, "CooldownWindowMinutes": 15, "DisableDefaultAnomalyDetection": true}}""";

	static final String DEFAULT_RULE = """
			{"Attributes": {}, "FixedRate": 0.05, "HTTPMethod": "*", "Host": "*", "Priority": 10000, "ReservoirSize": 1,
			"ResourceARN": "*", "RuleName": "Default", "ServiceName": "*", "ServiceType": "*", "URLPath": "*", "Version": 1}""";

	/** An answer of GetSamplingRules. */
	static final String PAGE = "{\"NextToken\": null, \"SamplingRuleRecords\": [" + record(RULE) + ","
			+ record(DEFAULT_RULE) + "]}";

	private SamplingDocuments() {
	}

	static String record(String rule) {
		return "{\"CreatedAt\": 0.0, \"ModifiedAt\": 1.7E9, \"SamplingRule\": " + rule + "}";
	}

	static String page(String... rules) {
		return "{\"SamplingRuleRecords\": [" + String.join(",", rules) + "]}";
	}

	/**
	 * A rule with what a rule must have, and a field more.
	 */
	static String ruleWith(String name, String field) {
		return "{\"SamplingRule\": {\"RuleName\": \"" + name
				+ "\", \"Priority\": 1, \"FixedRate\": 0.5, \"ReservoirSize\": 0, " + field + "}}";
	}

}
