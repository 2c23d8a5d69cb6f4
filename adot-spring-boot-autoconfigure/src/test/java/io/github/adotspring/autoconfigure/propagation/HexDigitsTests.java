package io.github.adotspring.autoconfigure.propagation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HexDigits}.
 */
class HexDigitsTests {

	private static final String DIGITS = "0123456789abcdefABCDEF";

	@Test
	void everyByteIsADigitOrNotWhereverItStands() {
		for (int value = 0; value < 256; value++) {
			boolean digit = DIGITS.indexOf(value) >= 0;
			for (int position = 0; position < 16; position++) {
				byte[] text = "53995C3f42cd8aD8".getBytes(StandardCharsets.ISO_8859_1);
				text[position] = (byte) value;
				String expected = digit ? new String(text, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT) : null;
				long number = digit ? Long.parseUnsignedLong(expected, 16) : 0;
				assertThat(HexDigits.number(text, 0)).as("%d at %d", value, position).isEqualTo(number);
				assertThat(HexDigits.id(text, 0, 16)).as("%d at %d", value, position).isEqualTo(expected);
			}
		}
	}

	@Test
	void everyNumberIsReadFromItsDigits() {
		Random random = new Random(1);
		for (int i = 0; i < 100_000; i++) {
			long number = random.nextLong() >>> random.nextInt(64);
			byte[] text = "  %016x ".formatted(number).getBytes(StandardCharsets.ISO_8859_1);
			assertThat(HexDigits.number(text, 2)).isEqualTo(number);
		}
	}

	@Test
	void zerosAreNoIdentifier() {
		assertThat(HexDigits.id("0".repeat(32).getBytes(StandardCharsets.ISO_8859_1), 0, 32)).isNull();
		assertThat(HexDigits.id(("0".repeat(31) + "1").getBytes(StandardCharsets.ISO_8859_1), 0, 32)).endsWith("01");
		assertThat(HexDigits.id(("1" + "0".repeat(31)).getBytes(StandardCharsets.ISO_8859_1), 0, 32)).startsWith("10");
	}

}
