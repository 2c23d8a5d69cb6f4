package io.github.adotspring.autoconfigure.sampling;

import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WildcardTests {

	@ParameterizedTest
	@CsvSource({ "*,anything", "*,''", "'',''", "/api/*,/api/", "/API/*,/api/Orders", "get,GET", "G?T,get",
			"*.example.com,www.EXAMPLE.com", "*a*b*,xxaxxbxx", "a**b,ab", "?*,x", "/caf\u00c9,/CAF\u00e9" })
	void matches(String pattern, String text) {
		assertThat(new Wildcard(pattern).matches(text)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "'',a", "a,''", "?,''", "?,ab", "/api/*,/api", "*a,ab", "a*b,abc", "ab*ba,aba", "GET,GETS" })
	void doesNotMatch(String pattern, String text) {
		assertThat(new Wildcard(pattern).matches(text)).isFalse();
	}

	@Test
	void onlyLoneStarMatchesWhatIsAbsent() {
		assertThat(new Wildcard("*").matches(null)).isTrue();
		assertThat(new Wildcard("**").matches(null)).isFalse();
		assertThat(new Wildcard("").matches(null)).isFalse();
	}

	@Test
	void looksOnlyAtThePartOfTheText() {
		assertThat(new Wildcard("/a").matches("http://h/a?b", 8, 10)).isTrue();
		assertThat(new Wildcard("*b").matches("http://h/a?b", 8, 10)).isFalse();
	}

	@Test
	void agreesWithRegularExpressions() {
		Random random = new Random(7);
		for (int i = 0; i < 200_000; i++) {
			String pattern = text(random, "aAbB*?.", 8);
			String text = text(random, "aAbB.", 10);
			assertThat(new Wildcard(pattern).matches(text)).as("%s on %s", pattern, text)
				.isEqualTo(oracle(pattern).matcher(text).matches());
		}
	}

	@Test
	@Timeout(2)
	void hostilePatternTakesNoTime() {
		Wildcard pattern = new Wildcard("*a".repeat(60) + "b*");
		assertThat(pattern.matches("a".repeat(10_000))).isFalse();
	}

	private static String text(Random random, String alphabet, int maxLength) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
			text.append(alphabet.charAt(random.nextInt(alphabet.length())));
		}
		return text.toString();
	}

	private static Pattern oracle(String pattern) {
		return Pattern.compile(pattern.replace(".", "\\.").replace("*", ".*").replace('?', '.'),
				Pattern.CASE_INSENSITIVE);
	}

}
