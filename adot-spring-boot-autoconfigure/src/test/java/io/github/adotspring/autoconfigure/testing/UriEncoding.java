package io.github.adotspring.autoconfigure.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding as Signature Version 4 wants it: everything but RFC 3986's unreserved
 * characters, upper-case hex.
 */
final class UriEncoding {

	private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	private UriEncoding() {
	}

	static String encode(String text) {
		return encode(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Brings text that may be encoded already, and not necessarily as Signature Version 4
	 * wants it, to the one form.
	 */
	static String normalize(String encoded) {
		byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
		for (int i = 0; i < bytes.length; i++) {
			if (bytes[i] == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2])) {
				decoded.write((Character.digit(bytes[i + 1], 16) << 4) | Character.digit(bytes[i + 2], 16));
				i += 2;
			}
			else {
				decoded.write(bytes[i]);
			}
		}
		return encode(decoded.toByteArray());
	}

	private static String encode(byte[] bytes) {
		StringBuilder encoded = new StringBuilder(bytes.length);
		for (byte each : bytes) {
			if (UNRESERVED.indexOf(each) >= 0) {
				encoded.append((char) each);
			}
			else {
				encoded.append(String.format("%%%02X", each));
			}
		}
		return encoded.toString();
	}

	private static boolean isHex(byte character) {
		return Character.digit(character, 16) >= 0;
	}

}
