package io.github.adotspring.autoconfigure.propagation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Hexadecimal digits, in either case. Those of identifiers are looked at eight at a time,
 * which is what makes reading a header cheap: each byte of a {@code long} is a digit, and
 * no sum is carried from one to the next.
 */
final class HexDigits {

	private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final long EACH = 0x01_01_01_01_01_01_01_01L;

	private static final long HIGHEST_BIT = 0x80_80_80_80_80_80_80_80L;

	private static final long LOWER_CASE = EACH * 0x20;

	private static final long ZEROS = EACH * '0';

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
	 * The identifier in a part of a text.
	 * @param text the text, in which the part becomes lower case
	 * @param start where the part begins
	 * @param length how long it is, a multiple of 8
	 * @return digits in lower case, {@code null} if there is anything else or nothing but
	 * zeros
	 */
	static @Nullable String id(byte[] text, int start, int length) {
		long all = 0;
		for (int i = start; i < start + length; i += Long.BYTES) {
			long eight = (long) EIGHT.get(text, i);
			if (!areDigits(eight)) {
				return null;
			}
			if ((eight & LOWER_CASE) != LOWER_CASE) {
				EIGHT.set(text, i, eight | LOWER_CASE);
			}
			all |= eight;
		}
		return (all != ZEROS) ? new String(text, start, length, StandardCharsets.ISO_8859_1) : null;
	}

	/**
	 * The number that 16 digits stand for.
	 * @param text the text
	 * @param start where they begin
	 * @return the number, 0 if there is anything else
	 */
	static long number(byte[] text, int start) {
		long first = (long) EIGHT.get(text, start);
		long last = (long) EIGHT.get(text, start + Long.BYTES);
		return (areDigits(first) && areDigits(last)) ? (number(first) << Integer.SIZE) | number(last) : 0;
	}

	/**
	 * The value of each digit is brought next to that of the one before it: two to a
	 * byte, then four to two bytes, then all eight together.
	 */
	private static long number(long eight) {
		long digits = (eight & EACH * 0x0f) + 9 * ((eight >>> 6) & EACH);
		long pairs = (digits | digits >>> 4) & 0x00_ff_00_ff_00_ff_00_ffL;
		long fours = (pairs | pairs >>> 8) & 0x00_00_ff_ff_00_00_ff_ffL;
		return (fours | fours >>> 16) & 0xff_ff_ff_ffL;
	}

	private static boolean areDigits(long eight) {
		long lower = eight | LOWER_CASE;
		long decimals = from('0', eight) & ~from('9' + 1, eight);
		long letters = from('a', lower) & ~from('f' + 1, lower);
		return ((decimals | letters) & ~eight & HIGHEST_BIT) == HIGHEST_BIT;
	}

	/**
	 * The highest bit of each byte says whether it is that character or a later one. The
	 * bytes have to be below 128 for that.
	 */
	private static long from(int character, long eight) {
		return eight + EACH * (0x80 - character);
	}

}
