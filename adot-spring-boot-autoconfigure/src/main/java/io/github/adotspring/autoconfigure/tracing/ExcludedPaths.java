package io.github.adotspring.autoconfigure.tracing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.StringUtils;

/**
 * The paths whose requests make no spans.
 */
final class ExcludedPaths implements PathExclusions {

	private static final List<String> HEALTH_CHECKS = List.of("/health", "/healthz", "/livez", "/readyz", "/ping");

	private final Set<String> exact = new HashSet<>();

	private final List<String> patterns = new ArrayList<>();

	private final AntPathMatcher matcher = new AntPathMatcher();

	ExcludedPaths(List<String> paths) {
		for (String path : paths) {
			if (this.matcher.isPattern(path)) {
				this.patterns.add(path);
			}
			else {
				this.exact.add(path);
			}
		}
	}

	/**
	 * The paths configured, else those of the actuator and of usual health checks.
	 */
	static ExcludedPaths of(@Nullable List<String> configured, Environment environment) {
		return new ExcludedPaths((configured != null) ? configured : defaults(environment));
	}

	private static List<String> defaults(Environment environment) {
		String base = environment.getProperty("server.servlet.context-path",
				environment.getProperty("spring.webflux.base-path", ""))
				+ StringUtils.trimTrailingCharacter(environment.getProperty("spring.mvc.servlet.path", ""), '/');
		String actuator = environment.getProperty("management.endpoints.web.base-path", "/actuator");
		List<String> paths = new ArrayList<>();
		if (actuator.length() > 1) {
			paths.add(actuator + "/**");
			paths.add(base + actuator + "/**");
		}
		HEALTH_CHECKS.forEach((path) -> {
			paths.add(path);
			paths.add(base + path);
		});
		return paths;
	}

	@Override
	public @Nullable String patternFor(String path) {
		if (this.exact.contains(path)) {
			return path;
		}
		for (String pattern : this.patterns) {
			if (this.matcher.match(pattern, path)) {
				return pattern;
			}
		}
		return null;
	}

	boolean isEmpty() {
		return this.exact.isEmpty() && this.patterns.isEmpty();
	}

}
