package io.github.adotspring.autoconfigure.emf;

import java.util.List;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.PatternMatchUtils;

/**
 * The dimensions of some metrics.
 *
 * @param metrics names of the metrics, in which an asterisk stands for any text
 * @param dimensions sets of dimensions, each of which makes a metric of its own; an empty
 * set adds everything up
 */
record DimensionRule(@DefaultValue List<String> metrics, @DefaultValue List<List<String>> dimensions) {

	DimensionRule {
		metrics = List.copyOf(metrics);
		dimensions = dimensions.stream().map((set) -> set.stream().distinct().toList()).distinct().toList();
		String property = EmfProperties.PREFIX + ".dimensions";
		if (metrics.isEmpty()) {
			throw new InvalidAdotConfigurationException(property, metrics, "a rule needs names of metrics",
					"Write names or patterns such as 'http.server.*' under 'metrics' of the rule.");
		}
		if (dimensions.isEmpty()) {
			throw new InvalidAdotConfigurationException(property, metrics, "a rule needs sets of dimensions",
					"Write sets such as '[[uri, status], []]' under 'dimensions' of the rule.");
		}
		if (dimensions.stream().anyMatch((set) -> set.size() > Fields.MOST_DIMENSIONS)) {
			throw new InvalidAdotConfigurationException(property, metrics,
					"a set has at most " + Fields.MOST_DIMENSIONS + " dimensions", "Write fewer names in the set.");
		}
	}

	boolean matches(String metric) {
		return PatternMatchUtils.simpleMatch(this.metrics.toArray(String[]::new), metric);
	}

}
