package io.github.adotspring.autoconfigure.propagation;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ImplicitContextKeyed;
import org.jspecify.annotations.Nullable;

/**
 * The way that a request has taken through Lambda functions, by which Lambda detects
 * loops. It travels in a context of its own and not as baggage, because it is nobody's
 * business but Lambda's.
 *
 * @param value counter, hash and counter, as they arrived
 * @see <a href=
 * "https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html">Recursive loop
 * detection</a>
 */
record Lineage(String value) implements ImplicitContextKeyed {

	private static final ContextKey<Lineage> KEY = ContextKey.named("adot-xray-lineage");

	private static final int HASH_DIGITS = 8;

	private static final int MAX_FIRST = 32_767;

	private static final int MAX_SECOND = 255;

	/**
	 * The lineage in a part of a header, {@code null} if it is none.
	 */
	static @Nullable Lineage parse(String header, int start, int end) {
		int hash = header.indexOf(':', start) + 1;
		int second = hash + HASH_DIGITS + 1;
		boolean lineage = hash > start + 1 && second < end && header.charAt(second - 1) == ':'
				&& isNumber(header, start, hash - 1, MAX_FIRST) && HexDigits.areAll(header, hash, HASH_DIGITS)
				&& isNumber(header, second, end, MAX_SECOND);
		return lineage ? new Lineage(header.substring(start, end)) : null;
	}

	private static boolean isNumber(String header, int start, int end, int max) {
		if (end - start > 5) {
			return false;
		}
		int number = 0;
		for (int i = start; i < end; i++) {
			int digit = header.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return false;
			}
			number = number * 10 + digit;
		}
		return number <= max;
	}

	static @Nullable Lineage in(Context context) {
		return context.get(KEY);
	}

	@Override
	public Context storeInContext(Context context) {
		return context.with(KEY, this);
	}

}
