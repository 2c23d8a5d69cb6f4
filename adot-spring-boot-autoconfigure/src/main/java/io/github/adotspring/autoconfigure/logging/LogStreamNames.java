package io.github.adotspring.autoconfigure.logging;

import java.util.function.Consumer;

import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.delivery.LogNames;
import io.github.adotspring.autoconfigure.delivery.LogStreamName;
import io.github.adotspring.autoconfigure.delivery.QuietLog;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Where the records of this instance belong: what the user wrote, with the attributes of
 * the resource, which are known once there is an SDK.
 */
final class LogStreamNames {

	private final NameTemplate group;

	private final NameTemplate stream;

	private final ExportedResource resource;

	private final QuietLog log;

	LogStreamNames(NameTemplate group, NameTemplate stream, ExportedResource resource, QuietLog log) {
		this.group = group;
		this.stream = stream;
		this.resource = resource;
		this.log = log;
	}

	/**
	 * The name by the resource as it is now.
	 */
	LogStreamName resolve() {
		Resource resource = this.resource.resource();
		return new LogStreamName(LogNames.group(this.group.resolve(resource, missing("log-group", this.group))),
				LogNames.stream(this.stream.resolve(resource, missing("log-stream", this.stream))));
	}

	private Consumer<String> missing(String property, NameTemplate template) {
		return (attribute) -> this.log.warnOnce(
				("The resource has no attribute '%s', which '%s.%s' (%s) names; " + "'unknown-%1$s' stands in for it.")
					.formatted(attribute, LoggingProperties.PREFIX, property, template.text()));
	}

	/**
	 * The names in words, with their placeholders while there is no SDK.
	 */
	LogStreamName describe() {
		return this.resource.resource().getAttributes().isEmpty()
				? new LogStreamName(this.group.text(), this.stream.text()) : resolve();
	}

}
