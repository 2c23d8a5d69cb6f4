package io.github.adotspring.autoconfigure.amp;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The labels of one series, in the wire format and so in little memory. Equal to another
 * with the same labels.
 */
final class LabelSet {

	private final byte[] encoded;

	private final int hash;

	LabelSet(byte[] encoded) {
		this.encoded = encoded;
		this.hash = Arrays.hashCode(encoded);
	}

	/**
	 * Field 1 of a {@code TimeSeries} for each label, not to be changed.
	 */
	byte[] encoded() {
		return this.encoded;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LabelSet that && this.hash == that.hash && Arrays.equals(this.encoded, that.encoded);
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

}
