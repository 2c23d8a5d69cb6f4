package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.delivery.ErrorText;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Reads sampling rules as X-Ray writes them. A rule that can't be understood is left out,
 * since the others hold without it: what is wrong with it is a text for people.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html">SamplingRule</a>
 */
final class SamplingRuleReader {

	private static final String RECORDS = "SamplingRuleRecords";

	private static final String RULES = "SamplingRules";

	private static final String RULE = "SamplingRule";

	/** The priority of X-Ray's rule for what no other rule is for. */
	static final int LAST_PRIORITY = 10_000;

	private final Map<String, SamplingRule> rules = new LinkedHashMap<>();

	private final List<String> leftOut = new ArrayList<>();

	/**
	 * Read an answer of GetSamplingRules.
	 * @return where the next one begins, {@code null} if there is none
	 * @throws IOException if it is none
	 */
	@Nullable String readPage(String json, String source) throws IOException {
		JsonFields page = JsonFields.of(JsonFields.parse(json, source), source);
		if (!page.has(RECORDS)) {
			throw new IOException(source + " has no " + RECORDS);
		}
		List<JsonNode> records = page.list(RECORDS);
		String next = page.text("NextToken", "");
		records.forEach(this::add);
		return next.isEmpty() ? null : next;
	}

	/**
	 * Read rules that someone wrote: an answer of GetSamplingRules, a list, an object
	 * with one in {@code SamplingRules}, or the one rule that
	 * {@code aws xray create-sampling-rule --cli-input-json} takes.
	 * @throws IOException if they are none of these
	 */
	void readLocal(String json, String source) throws IOException {
		JsonNode document = JsonFields.parse(json, source);
		if (document.isArray()) {
			document.asArray().forEach(this::add);
			return;
		}
		JsonFields fields = JsonFields.of(document, source);
		if (fields.has(RECORDS)) {
			fields.list(RECORDS).forEach(this::add);
		}
		else if (fields.has(RULES)) {
			fields.list(RULES).forEach(this::add);
		}
		else if (fields.has(RULE)) {
			add(document);
		}
		else {
			throw new IOException(source + " has no " + RULES);
		}
	}

	/**
	 * The rules that were read, in their order.
	 */
	List<SamplingRule> rules() {
		return List.copyOf(this.rules.values());
	}

	/**
	 * The rules that were not, each with the reason.
	 */
	List<String> leftOut() {
		return List.copyOf(this.leftOut);
	}

	private void add(JsonNode element) {
		String name = null;
		try {
			JsonFields fields = unwrap(JsonFields.of(element, "it"));
			name = fields.text("RuleName", "");
			if (name.isEmpty()) {
				throw new IOException("RuleName is missing");
			}
			if (this.rules.containsKey(name)) {
				throw new IOException("there is another of this name");
			}
			this.rules.put(name, rule(name, fields));
		}
		catch (IOException ex) {
			String rule = (name == null || name.isEmpty()) ? "A sampling rule" : "The sampling rule '" + name + "'";
			this.leftOut.add(ErrorText.clean(rule + " is left out: " + ex.getMessage()));
		}
	}

	/**
	 * Lists have rules, or records of rules.
	 */
	private static JsonFields unwrap(JsonFields fields) throws IOException {
		JsonFields rule = fields.object(RULE);
		return (rule != null) ? rule : fields;
	}

	private static SamplingRule rule(String name, JsonFields fields) throws IOException {
		// A later version may mean something else by the same fields.
		fields.whole("Version", 1, 1);
		JsonFields attributes = fields.object("Attributes");
		return new SamplingRule(name, JsonFields.required("Priority", fields.whole("Priority", 1, LAST_PRIORITY)),
				JsonFields.required("FixedRate", fields.rate("FixedRate")),
				JsonFields.required("ReservoirSize", fields.whole("ReservoirSize", 0, Integer.MAX_VALUE)),
				pattern(fields, "ServiceName"), pattern(fields, "ServiceType"), pattern(fields, "Host"),
				pattern(fields, "HTTPMethod"), pattern(fields, "URLPath"), pattern(fields, "ResourceARN"),
				(attributes != null) ? Map.copyOf(attributes.texts()) : Map.of(),
				boost(fields.object("SamplingRateBoost")));
	}

	private static String pattern(JsonFields fields, String name) throws IOException {
		return fields.text(name, "*");
	}

	private static SamplingRule.@Nullable Boost boost(@Nullable JsonFields fields) throws IOException {
		if (fields == null) {
			return null;
		}
		int minutes = JsonFields.required("CooldownWindowMinutes",
				fields.whole("CooldownWindowMinutes", 0, Integer.MAX_VALUE));
		return new SamplingRule.Boost(JsonFields.required("MaxRate", fields.rate("MaxRate")),
				Duration.ofMinutes(minutes), !fields.isTrue("DisableDefaultAnomalyDetection"));
	}

}
