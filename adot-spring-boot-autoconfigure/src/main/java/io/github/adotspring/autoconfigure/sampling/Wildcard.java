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

	/** How many characters stand before the first star; all of them if there is none. */
	private final int head;

	/** How many stand after the last star. */
	private final int tail;

	private final boolean always;

	Wildcard(String pattern) {
		this.pattern = pattern;
		this.folded = new char[pattern.length()];
		for (int i = 0; i < this.folded.length; i++) {
			this.folded[i] = fold(pattern.charAt(i));
		}
		int star = pattern.indexOf('*');
		this.head = (star >= 0) ? star : this.folded.length;
		this.tail = (star >= 0) ? this.folded.length - 1 - pattern.lastIndexOf('*') : 0;
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
		int rest = to - from - this.head - this.tail;
		if (rest < 0 || (rest > 0 && this.head == this.folded.length)) {
			return false;
		}
		// The end first: most paths differ from most patterns there.
		return isAt(this.folded.length - this.tail, this.tail, text, to - this.tail) && isAt(0, this.head, text, from)
				&& middleMatches(text, from + this.head, to - this.tail);
	}

	private boolean isAt(int position, int length, String text, int start) {
		for (int i = 0; i < length; i++) {
			if (!isCharacter(position + i, text.charAt(start + i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Match by what is from the first star to the last, or by nothing if there is none.
	 */
	private boolean middleMatches(String text, int from, int to) {
		int end = this.folded.length - this.tail;
		int next = from;
		int position = this.head;
		int star = -1;
		int resume = from;
		while (next < to) {
			if (position == end - 1) {
				// The last star, for all that is left.
				return true;
			}
			if (this.folded[position] == '*') {
				star = position++;
				resume = next;
			}
			else if (isCharacter(position, text.charAt(next))) {
				position++;
				next++;
			}
			else {
				position = star + 1;
				next = ++resume;
			}
		}
		while (position < end && this.folded[position] == '*') {
			position++;
		}
		return position == end;
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
