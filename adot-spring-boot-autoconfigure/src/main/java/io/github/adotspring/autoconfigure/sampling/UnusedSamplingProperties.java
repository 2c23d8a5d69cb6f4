package io.github.adotspring.autoconfigure.sampling;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Warns of properties that have no effect because X-Ray's rules are not what decides,
 * which else would be found out by traces that are not there.
 */
final class UnusedSamplingProperties implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UnusedSamplingProperties.class);

	private final SamplingProperties sampling;

	private final AdaptiveProperties adaptive;

	private final SamplingReport report;

	UnusedSamplingProperties(SamplingProperties sampling, AdaptiveProperties adaptive, SamplingReport report) {
		this.sampling = sampling;
		this.adaptive = adaptive;
		this.report = report;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.report.status() == null) {
			forXray().forEach((property) -> logger
				.warn("'%s' has no effect, because the sampler is not 'xray'. Set '%s.sampler' to 'xray' to use it"
					.formatted(property, SamplingProperties.PREFIX)));
		}
	}

	private List<String> forXray() {
		List<String> properties = new ArrayList<>();
		if (!this.sampling.rules().isEmpty()) {
			properties.add(SamplingProperties.RULES);
		}
		if (this.sampling.rulesFile() != null) {
			properties.add(SamplingProperties.RULES + "-file");
		}
		if (this.sampling.endpoint() != null) {
			properties.add(SamplingProperties.PREFIX + ".endpoint");
		}
		if (this.adaptive.isConfigured()) {
			properties.add(AdaptiveProperties.PREFIX);
		}
		return properties;
	}

}
