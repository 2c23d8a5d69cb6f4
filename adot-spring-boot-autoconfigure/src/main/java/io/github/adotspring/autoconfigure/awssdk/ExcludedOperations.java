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

	private final @Nullable Pattern pattern;

	private ExcludedOperations(@Nullable Pattern pattern) {
		this.pattern = pattern;
	}

	static ExcludedOperations of(List<String> operations) {
		if (operations.isEmpty()) {
			return new ExcludedOperations(null);
		}
		return new ExcludedOperations(Pattern.compile(
				operations.stream().map(ExcludedOperations::expression).collect(Collectors.joining("|")),
				Pattern.CASE_INSENSITIVE));
	}

	static void check(String property, List<String> operations) {
		for (String operation : operations) {
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
