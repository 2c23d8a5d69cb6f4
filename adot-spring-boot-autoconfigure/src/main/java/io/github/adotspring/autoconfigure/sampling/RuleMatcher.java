package io.github.adotspring.autoconfigure.sampling;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The patterns of a sampling rule. Those of the process are looked at once, when this is
 * made.
 */
final class RuleMatcher {

	private final @Nullable Mismatch ofProcess;

	private final Wildcard host;

	private final Wildcard method;

	private final Wildcard path;

	private final AttributePattern[] attributes;

	/** Whether the rule asks nothing of a request, as the default rule. */
	private final boolean always;

	RuleMatcher(SamplingRule rule, SampledService service) {
		this.ofProcess = Stream
			.of(Mismatch.of("ServiceName", new Wildcard(rule.serviceName()), service.name()),
					Mismatch.of("ServiceType", new Wildcard(rule.serviceType()), service.type()),
					Mismatch.of("ResourceARN", new Wildcard(rule.resourceArn()), service.arn()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		this.host = new Wildcard(rule.host());
		this.method = new Wildcard(rule.httpMethod());
		this.path = new Wildcard(rule.urlPath());
		this.attributes = rule.attributes()
			.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> new AttributePattern(entry.getKey(), entry.getValue()))
			.toArray(AttributePattern[]::new);
		this.always = this.host.isAlways() && this.method.isAlways() && this.path.isAlways()
				&& this.attributes.length == 0;
	}

	/**
	 * Whether the rule can match any request of this process.
	 */
	boolean isPossible() {
		return this.ofProcess == null;
	}

	boolean matches(SpanRequest request) {
		return this.ofProcess == null && (this.always || (this.method.matches(request.method())
				&& request.pathMatches(this.path) && this.host.matches(request.host()) && attributesMatch(request)));
	}

	private boolean attributesMatch(SpanRequest request) {
		for (AttributePattern attribute : this.attributes) {
			if (!attribute.matches(request.attributes())) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Say why the rule does not match.
	 * @return the first reason, {@code null} if the rule matches
	 */
	@Nullable Mismatch mismatch(SpanRequest request) {
		if (this.ofProcess != null) {
			return this.ofProcess;
		}
		Stream<@Nullable Mismatch> fields = Stream.of(Mismatch.of("Host", this.host, request.host()),
				Mismatch.of("HTTPMethod", this.method, request.method()),
				Mismatch.of("URLPath", this.path, request.path()));
		Stream<@Nullable Mismatch> attributes = Stream.of(this.attributes)
			.map((attribute) -> attribute.mismatch(request.attributes()));
		return Stream.concat(fields, attributes).filter(Objects::nonNull).findFirst().orElse(null);
	}

}
