package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose cause is known, and what to do about it.
 *
 * @param <T> what the advice is about
 * @param status statuses of HTTP that it comes with, 0 for a request without an answer
 * @param text what its text contains
 * @param advice says what to do
 */
record KnownAnswer<T>(Set<Integer> status, Pattern text, Advisor<T> advice) {

	static <T> KnownAnswer<T> of(Set<Integer> status, String text, Advisor<T> advice) {
		return new KnownAnswer<>(status, Pattern.compile(text, Pattern.CASE_INSENSITIVE), advice);
	}

	/**
	 * The advice of the first answer that fits and has one.
	 */
	static <T> @Nullable String advise(List<KnownAnswer<T>> answers, T endpoint, int status, String text) {
		return answers.stream()
			.filter((answer) -> answer.status.contains(status) && answer.text.matcher(text).find())
			.map((answer) -> answer.advice.advise(endpoint, text))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	@FunctionalInterface
	interface Advisor<T> {

		@Nullable String advise(T endpoint, String text);

	}

}
