package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SamplingRuleReader} and {@link JsonFields}.
 */
final class SamplingRuleReaderTests {

	private static final SamplingRule CHECKOUT = new SamplingRule("checkout", 20, 0.25, 7, "shop-?",
			"AWS::ECS::Container", "*.shop.example", "GET", "/checkout/*", "arn:aws:ecs:*",
			Map.of("tenant", "gold*", "plan", "?"), new SamplingRule.Boost(0.5, Duration.ofMinutes(15), false));

	private static final SamplingRule DEFAULT = new SamplingRule("Default", 10_000, 0.05, 1, "*", "*", "*", "*", "*",
			"*", Map.of(), null);

	private final SamplingRuleReader reader = new SamplingRuleReader();

	@Test
	void everyFieldOfARuleIsRead() throws IOException {
		assertThat(this.reader.readPage(SamplingDocuments.PAGE, "it")).isNull();
		assertThat(this.reader.rules()).containsExactly(CHECKOUT, DEFAULT);
		assertThat(this.reader.leftOut()).isEmpty();
	}

	@Test
	void pagesAddUp() throws IOException {
		String first = "{\"NextToken\": \"a\\\"b\", \"SamplingRuleRecords\": ["
				+ SamplingDocuments.record(SamplingDocuments.RULE) + "]}";
		assertThat(this.reader.readPage(first, "it")).isEqualTo("a\"b");
		String last = "{\"NextToken\": \"\", \"SamplingRuleRecords\": ["
				+ SamplingDocuments.record(SamplingDocuments.DEFAULT_RULE) + "]}";
		assertThat(this.reader.readPage(last, "it")).isNull();
		assertThat(this.reader.rules()).containsExactly(CHECKOUT, DEFAULT);
	}

	@Test
	void missingPatternsAreForAnythingAndUnknownFieldsAreIgnored() throws IOException {
		this.reader.readPage(SamplingDocuments.page(SamplingDocuments.ruleWith("bare", "\"Shape\": [{}, 1]")), "it");
		assertThat(this.reader.rules())
			.containsExactly(new SamplingRule("bare", 1, 0.5, 0, "*", "*", "*", "*", "*", "*", Map.of(), null));
	}

	@Test
	void defaultAnomaliesCountUnlessTheyAreSwitchedOff() throws IOException {
		this.reader.readPage(SamplingDocuments.page(SamplingDocuments.ruleWith("bare",
				"\"SamplingRateBoost\": {\"MaxRate\": 1, \"CooldownWindowMinutes\": 1}")), "it");
		assertThat(this.reader.rules()).singleElement()
			.extracting(SamplingRule::boost)
			.isEqualTo(new SamplingRule.Boost(1, Duration.ofMinutes(1), true));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"Priority": 0                                  | Priority is out of range
			"Priority": 10001                              | Priority is out of range
			"Priority": 1.5                                | Priority is not a whole number
			"Priority": null                               | Priority is missing
			"Priority": "1"                                | Priority is not a number
			"FixedRate": 1.01                              | FixedRate is out of range
			"FixedRate": -0.1                              | FixedRate is out of range
			"FixedRate": 1e400                             | FixedRate is out of range
			"FixedRate": {}                                | FixedRate is not a number
			"ReservoirSize": -1                            | ReservoirSize is out of range
			"ReservoirSize": 1e999999999                   | ReservoirSize is out of range
			"ReservoirSize": 2147483648                    | ReservoirSize is out of range
			"Host": 7                                      | Host is not text
			"Version": 2                                   | Version is out of range
			"Attributes": []                               | Attributes is not an object
			"Attributes": {"a": 1}                         | a is not text
			"SamplingRateBoost": {"MaxRate": 1}            | CooldownWindowMinutes is missing
			"SamplingRateBoost": {"MaxRate": 2, "CooldownWindowMinutes": 1} | MaxRate is out of range
			""")
	void aRuleThatCannotBeUnderstoodIsLeftOutAlone(String field, String reason) throws IOException {
		this.reader.readPage(SamplingDocuments.page(SamplingDocuments.ruleWith("wrong", field),
				SamplingDocuments.record(SamplingDocuments.DEFAULT_RULE)), "it");
		assertThat(this.reader.rules()).containsExactly(DEFAULT);
		assertThat(this.reader.leftOut()).containsExactly("The sampling rule 'wrong' is left out: " + reason);
	}

	@Test
	void whatIsNoRuleIsLeftOut() throws IOException {
		this.reader.readPage(SamplingDocuments.page("7", "null", "{}", "{\"SamplingRule\": {\"RuleName\": \"\"}}",
				"{\"SamplingRule\": []}"), "it");
		assertThat(this.reader.rules()).isEmpty();
		assertThat(this.reader.leftOut()).hasSize(5)
			.allMatch((text) -> text.startsWith("A sampling rule is left out: "));
	}

	@Test
	void theSecondRuleOfANameIsLeftOut() throws IOException {
		this.reader.readPage(SamplingDocuments.page(SamplingDocuments.ruleWith("twice", "\"Host\": \"a\""),
				SamplingDocuments.ruleWith("twice", "\"Host\": \"b\"")), "it");
		assertThat(this.reader.rules()).singleElement().extracting(SamplingRule::host).isEqualTo("a");
		assertThat(this.reader.leftOut())
			.containsExactly("The sampling rule 'twice' is left out: there is another of this name");
	}

	@Test
	void whatIsLeftOutIsToldInOneLine() throws IOException {
		this.reader.readPage(SamplingDocuments.page("{\"RuleName\": \"a\\nb" + "x".repeat(2000) + "\"}"), "it");
		assertThat(this.reader.leftOut()).singleElement().asString().doesNotContain("\n").hasSizeLessThan(600);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "nonsense", "[]", "7", "null", "{}", "{\"SamplingRuleRecords\": {}}",
			"{\"SamplingRuleRecords\": [], \"NextToken\": 1}", "{\"SamplingRuleRecords\": [{]}" })
	void whatIsNoAnswerIsRefusedWithoutQuotingIt(String json) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.reader.readPage(json, "the answer"))
			.withMessageNotContaining("nonsense");
		assertThat(this.reader.rules()).isEmpty();
	}

	@Test
	void nestingCannotOverflowTheStack() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.reader.readLocal("{\"SamplingRules\":" + "[".repeat(200_000), "it"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"SamplingRuleRecords\": [{\"SamplingRule\": %s}]}", "[%s]", "[{\"SamplingRule\": %s}]",
			"{\"SamplingRules\": [%s]}", "{\"SamplingRules\": [{\"SamplingRule\": %s}]}", "{\"SamplingRule\": %s}",
			"\ufeff[%s]", "// of the shop\n[%s] // all" })
	void localRulesHaveTheFormsOfTheApiAndOfTheCli(String form) throws IOException {
		this.reader.readLocal(form.formatted(SamplingDocuments.RULE), "rules.json");
		assertThat(this.reader.rules()).containsExactly(CHECKOUT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "version: 1", "{}", "7", "{\"rules\": []}", "{\"SamplingRules\": \"*\"}" })
	void localRulesOfAnotherFormAreRefusedByTheNameOfTheirSource(String json) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.reader.readLocal(json, "rules.json"))
			.withMessageMatching("rules.json .*|SamplingRules is not a list");
	}

	@Test
	void rulesAfterTheEndOfTheDocumentAreNotOverlooked() {
		String rule = "{\"SamplingRule\": " + SamplingDocuments.RULE + "}";
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.reader.readLocal(rule + "\n" + rule, "rules.json"))
			.withMessage("rules.json is not JSON");
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.reader.readLocal(rule + "," + rule, "rules.json"))
			.withMessage("rules.json is not JSON");
	}

	@Test
	void mutatedDocumentsAreRulesOrAnIoException() {
		Random random = new Random(20_260_101);
		int read = 0;
		int refused = 0;
		for (int i = 0; i < 50_000; i++) {
			String json = mutate(SamplingDocuments.PAGE, random);
			try {
				requireSound(json, rules(json, random.nextBoolean()));
				read++;
			}
			catch (IOException ex) {
				refused++;
			}
		}
		assertThat(read).isGreaterThan(5000);
		assertThat(refused).isGreaterThan(5000);
	}

	private static List<SamplingRule> rules(String json, boolean local) throws IOException {
		SamplingRuleReader reader = new SamplingRuleReader();
		if (local) {
			reader.readLocal(json, "it");
		}
		else {
			reader.readPage(json, "it");
		}
		return reader.rules();
	}

	private static void requireSound(String json, List<SamplingRule> rules) {
		assertThat(rules).as(json)
			.allMatch((rule) -> rule.fixedRate() >= 0 && rule.fixedRate() <= 1 && rule.priority() >= 1
					&& rule.priority() <= 10_000 && rule.reservoirSize() >= 0 && !rule.name().isEmpty())
			.doesNotHaveDuplicates();
	}

	private static String mutate(String json, Random random) {
		String[] values = { "null", "-1", "1e309", "\"\"", "[]", "{}", "true", "\\u0000", "\ud800", "9".repeat(40) };
		StringBuilder mutant = new StringBuilder(json);
		for (int i = 1 + random.nextInt(3); i > 0; i--) {
			int start = random.nextInt(mutant.length());
			int end = Math.min(mutant.length(), start + random.nextInt(8));
			switch (random.nextInt(6)) {
				case 0 -> mutant.delete(start, end);
				case 1 -> mutant.insert(start, mutant.substring(start, end));
				case 2 -> mutant.setCharAt(start, (char) (' ' + random.nextInt(95)));
				case 3 -> mutant.setCharAt(start, (char) random.nextInt(0x10000));
				case 4 -> replaceValue(mutant, start, values[random.nextInt(values.length)]);
				default -> mutant.setLength((random.nextInt(8) == 0) ? Math.max(1, start) : mutant.length());
			}
		}
		return mutant.toString();
	}

	/**
	 * Replaces the value of the member that begins after a place.
	 */
	private static void replaceValue(StringBuilder json, int place, String value) {
		int start = json.indexOf("\": ", place);
		if (start < 0) {
			return;
		}
		int end = start + 3;
		while (end < json.length() && ",}]".indexOf(json.charAt(end)) < 0) {
			end++;
		}
		json.replace(start + 3, end, value);
	}

}
