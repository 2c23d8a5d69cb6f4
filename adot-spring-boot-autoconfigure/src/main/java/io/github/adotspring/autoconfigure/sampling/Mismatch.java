package io.github.adotspring.autoconfigure.sampling;

import org.jspecify.annotations.Nullable;

/**
 * Why a sampling rule does not match.
 *
 * @param field field of the rule, as X-Ray calls it
 * @param pattern what the rule wants there
 * @param value what is there, {@code null} if nothing is
 */
record Mismatch(String field, String pattern, @Nullable String value) {

	@Override
	public String toString() {
		return "%s is %s and the rule wants '%s'".formatted(this.field,
				(this.value != null) ? "'" + this.value + "'" : "not known", this.pattern);
	}

	static @Nullable Mismatch of(String field, Wildcard pattern, @Nullable String value) {
		return pattern.matches(value) ? null : new Mismatch(field, pattern.toString(), value);
	}

}
