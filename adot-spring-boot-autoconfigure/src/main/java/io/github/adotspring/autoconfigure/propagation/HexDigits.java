package io.github.adotspring.autoconfigure.propagation;

/**
 * Numbers in hexadecimal digits, in either case.
 */
final class HexDigits {

	private HexDigits() {
	}

	/**
	 * Whether a part of a text is nothing but digits.
	 * @param text the text
	 * @param start where the part begins
	 * @param length how long it is; the text has to be as long
	 */
	static boolean areAll(String text, int start, int length) {
		for (int i = start; i < start + length; i++) {
			if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
				return false;
			}
		}
		return true;
	}

	/**
	 * The number that digits stand for.
	 * @param text the text
	 * @param start where the digits begin
	 * @param length how many there are, at most 16
	 */
	static long number(String text, int start, int length) {
		long number = 0;
		for (int i = start; i < start + length; i++) {
			number = (number << 4) | Character.digit(text.charAt(i), 16);
		}
		return number;
	}

}
