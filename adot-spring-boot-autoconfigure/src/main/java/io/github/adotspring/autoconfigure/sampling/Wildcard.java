package io.github.adotspring.autoconfigure.sampling;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of a sampling rule, as X-Ray's own SDKs read it: {@code *} is any text,
 * {@code ?} one character, and case does not matter. A lone {@code *} also matches what
 * is not there; nothing else does. Only the last {@code *} is ever tried again, so that a
 * pattern can't make a match take long, and nothing is allocated.
 */
final class Wildcard {

	private final String pattern;

	private final char[] folded;

	private final boolean always;

	Wildcard(String pattern) {
		this.pattern = pattern;
		this.folded = new char[pattern.length()];
		for (int i = 0; i < this.folded.length; i++) {
			this.folded[i] = fold(pattern.charAt(i));
		}
		this.always = pattern.equals("*");
	}

	/**
	 * Whether this matches whatever there is, or is not.
	 */
	boolean isAlways() {
		return this.always;
	}

	boolean matches(@Nullable String text) {
		return this.always || (text != null && matches(text, 0, text.length()));
	}

	/**
	 * Match a part of a text.
	 * @param text the text
	 * @param from where the part begins
	 * @param to where it ends
	 */
	boolean matches(String text, int from, int to) {
		// From the end first: most paths differ from most patterns there.
		int rest = this.folded.length;
		int end = to;
		while (rest > 0 && end > from && this.folded[rest - 1] != '*') {
			if (!isCharacter(--rest, text.charAt(--end))) {
				return false;
			}
		}
		return matches(text, from, end, rest);
	}

	private boolean matches(String text, int from, int to, int length) {
		int next = from;
		int position = 0;
		int star = -1;
		int resume = from;
		while (next < to) {
			if (position < length && this.folded[position] == '*') {
				star = position++;
				resume = next;
			}
			else if (position < length && isCharacter(position, text.charAt(next))) {
				position++;
				next++;
			}
			else if (star >= 0) {
				position = star + 1;
				next = ++resume;
			}
			else {
				return false;
			}
		}
		while (position < length && this.folded[position] == '*') {
			position++;
		}
		return position == length;
	}

	private boolean isCharacter(int position, char character) {
		return this.folded[position] == '?' || this.folded[position] == fold(character);
	}

	private static char fold(char character) {
		if (character < 128) {
			return (character >= 'A' && character <= 'Z') ? (char) (character + ('a' - 'A')) : character;
		}
		// Both ways, as String.equalsIgnoreCase does it.
		return Character.toLowerCase(Character.toUpperCase(character));
	}

	@Override
	public String toString() {
		return this.pattern;
	}

}
