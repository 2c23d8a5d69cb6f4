package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * The operations of AWS that make no spans: {@code Service} or {@code Service.Operation},
 * with {@code *} for any characters.
 */
final class ExcludedOperations {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9*]+(\\.[A-Za-z0-9*]+)?");

	private static final List<String> OF_CREDENTIALS = List.of("Sts.AssumeRole*", "Sts.GetSessionToken",
			"Sso.GetRoleCredentials", "SsoOidc.CreateToken", "CognitoIdentity.GetCredentialsForIdentity");

	private final @Nullable Pattern pattern;

	private ExcludedOperations(@Nullable Pattern pattern) {
		this.pattern = pattern;
	}

	/**
	 * The operations that the user excludes.
	 * @param configured what the user says, {@code null} for the operations by which
	 * credentials are got
	 */
	static ExcludedOperations of(@Nullable List<String> configured) {
		List<String> operations = (configured != null) ? configured : OF_CREDENTIALS;
		if (operations.isEmpty()) {
			return new ExcludedOperations(null);
		}
		return new ExcludedOperations(Pattern.compile(
				operations.stream().map(ExcludedOperations::expression).collect(Collectors.joining("|")),
				Pattern.CASE_INSENSITIVE));
	}

	static void check(String property, @Nullable List<String> configured) {
		for (String operation : (configured != null) ? configured : List.<String>of()) {
			if (!FORM.matcher(operation).matches()) {
				throw new InvalidAdotConfigurationException(property, operation,
						"an operation is the name of a service, or of a service and its operation with a dot between",
						"Write 'Sqs', 'Sqs.ReceiveMessage' or 'Sts.AssumeRole*', as in the names of spans.");
			}
		}
	}

	private static String expression(String operation) {
		String expression = operation.replace(".", "\\.").replace("*", "[^.]*");
		return operation.contains(".") ? expression : expression + "\\.[^.]*";
	}

	boolean contains(@Nullable String service, @Nullable String operation) {
		return this.pattern != null && this.pattern.matcher(service + "." + operation).matches();
	}

}
