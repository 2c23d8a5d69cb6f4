package io.github.adotspring.autoconfigure.aws;

import org.jspecify.annotations.Nullable;

/**
 * AWS can't be reached as configured: the region or the credentials are missing. The
 * message says what is missing, the {@linkplain #fix() fix} what to set.
 */
public final class AwsConfigurationException extends RuntimeException {

	private final String fix;

	AwsConfigurationException(String message, String fix, @Nullable Throwable cause) {
		super(message, cause);
		this.fix = fix;
	}

	/**
	 * Which property or variable to set, and how.
	 * @return one or more sentences
	 */
	public String fix() {
		return this.fix;
	}

}
