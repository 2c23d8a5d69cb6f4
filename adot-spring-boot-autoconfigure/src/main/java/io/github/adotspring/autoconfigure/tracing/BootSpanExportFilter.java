package io.github.adotspring.autoconfigure.tracing;

import io.github.adotspring.autoconfigure.AdotProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out Boot's own export of spans, which has nothing to export: the spans are made
 * by upstream's SDK, whose exporter Boot's properties configure. A class path without an
 * HTTP sender for Boot's exporter would even keep the application from starting.
 */
final class BootSpanExportFilter implements AutoConfigurationImportFilter, EnvironmentAware {

	private static final String LEFT_OUT = "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration";

	private @Nullable Environment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < matches.length; i++) {
			matches[i] = !LEFT_OUT.equals(autoConfigurationClasses[i]) || !isEnabled();
		}
		return matches;
	}

	private boolean isEnabled() {
		return this.environment != null
				&& this.environment.getProperty(AdotProperties.PREFIX + ".enabled", Boolean.class, true)
				&& !this.environment.getProperty("otel.sdk.disabled", Boolean.class, false);
	}

}
