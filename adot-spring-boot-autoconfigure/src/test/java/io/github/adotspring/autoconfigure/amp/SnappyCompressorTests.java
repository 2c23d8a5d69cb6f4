package io.github.adotspring.autoconfigure.amp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnappyCompressor}. That others can read it is shown by
 * {@link PrometheusTests}.
 */
final class SnappyCompressorTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 59, 60, 61, 64, 255, 256, 257, 65_535, 65_536, 65_537, 1_000_000 })
	void keepsBytesOfEveryLengthAndItsBound(int length) throws IOException {
		byte[] random = new byte[length];
		new Random(length).nextBytes(random);
		byte[] repeated = new byte[length];
		for (int i = 0; i < length; i++) {
			repeated[i] = (byte) (i % 7);
		}
		for (byte[] bytes : new byte[][] { random, repeated }) {
			byte[] compressed = SnappyCompressor.compress(bytes);
			assertThat((long) compressed.length).isLessThanOrEqualTo(SnappyCompressor.maxLength(length));
			try (var input = new SnappyCompressorInputStream(new ByteArrayInputStream(compressed))) {
				assertThat(input.readNBytes(length)).isEqualTo(bytes);
			}
		}
	}

	@Test
	void isACompressorOfTheSdk() throws IOException {
		SnappyCompressor compressor = new SnappyCompressor();
		ByteArrayOutputStream target = new ByteArrayOutputStream();
		try (OutputStream output = compressor.compress(target)) {
			output.write('a');
			output.write(new byte[] { 'b', 'c' });
		}
		assertThat(target.toByteArray()).isEqualTo(SnappyCompressor.compress(new byte[] { 'a', 'b', 'c' }));
		assertThat(compressor.getEncoding()).isEqualTo("snappy");
	}

}
