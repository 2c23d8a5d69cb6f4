package io.github.adotspring.autoconfigure.resource;

import org.jspecify.annotations.Nullable;

/**
 * An Amazon resource name, taken apart.
 *
 * @param partition such as {@code aws-cn}
 * @param service such as {@code ecs}
 * @param region such as {@code cn-north-1}
 * @param account id of the account
 * @param resource all that follows
 */
record Arn(String partition, String service, String region, String account, String resource) {

	private static final int PARTS = 6;

	/**
	 * Take a text apart.
	 * @return the name, {@code null} if the text is none
	 */
	static @Nullable Arn parse(@Nullable String text) {
		String[] parts = (text != null) ? text.split(":", PARTS) : new String[0];
		return (parts.length == PARTS && parts[0].equals("arn") && !parts[1].isEmpty())
				? new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]) : null;
	}

	Arn sibling(String service, String resource) {
		return new Arn(this.partition, service, this.region, this.account, resource);
	}

	Arn inRegion(String region) {
		return new Arn(this.partition, this.service, region, this.account, this.resource);
	}

	@Override
	public String toString() {
		return String.join(":", "arn", this.partition, this.service, this.region, this.account, this.resource);
	}

}
