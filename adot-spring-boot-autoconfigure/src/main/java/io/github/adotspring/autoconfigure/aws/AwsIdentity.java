package io.github.adotspring.autoconfigure.aws;

import org.jspecify.annotations.Nullable;

/**
 * As whom requests are signed, without anything secret.
 *
 * @param source where credentials are looked for, such as "credentials from the default
 * chain"
 * @param provider the provider that they were found with, {@code null} if it is not known
 * yet
 * @param account number of the account, {@code null} if it is not known
 */
public record AwsIdentity(String source, @Nullable String provider, @Nullable String account) {

}
