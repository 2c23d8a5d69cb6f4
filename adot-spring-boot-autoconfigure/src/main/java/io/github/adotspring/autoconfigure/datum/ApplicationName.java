package io.github.adotspring.autoconfigure.datum;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.core.env.Environment;

/**
 * The name of the application in the characters that namespaces of metrics and names of
 * log groups share, so that metrics are in the same namespace on whichever way they go.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Namespace">Namespaces</a>
 */
public final class ApplicationName {

	private static final int MAX_LENGTH = 255;

	private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-zA-Z0-9._#/-]");

	private static final String OF_AWS = "AWS/";

	private ApplicationName() {
	}

	/**
	 * Find the name.
	 * @param environment has it as {@code otel.service.name} or
	 * {@code spring.application.name}
	 * @return the name, up to 255 characters, {@code default} if there is none
	 */
	public static String of(Environment environment) {
		return Stream.of("otel.service.name", "spring.application.name")
			.map(environment::getProperty)
			.filter(Objects::nonNull)
			.filter((name) -> !name.isBlank())
			.findFirst()
			.map(ApplicationName::clean)
			.orElse("default");
	}

	/**
	 * Make a name of those characters.
	 * @param name any text
	 * @return the text with an underscore for every other character, cut to 255, and not
	 * one of the namespaces of AWS
	 */
	public static String clean(String name) {
		String allowed = NOT_ALLOWED.matcher(name.strip()).replaceAll("_");
		String own = allowed.startsWith(OF_AWS) ? "_" + allowed : allowed;
		return own.substring(0, Math.min(own.length(), MAX_LENGTH));
	}

}
