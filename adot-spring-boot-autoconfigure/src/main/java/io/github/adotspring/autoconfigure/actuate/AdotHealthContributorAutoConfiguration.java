package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.ExportTargets;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health contributor {@code adot}.
 */
@AutoConfiguration(after = DeliveryAutoConfiguration.class)
@ConditionalOnEnabledAdot
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
public final class AdotHealthContributorAutoConfiguration {

	AdotHealthContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnEnabledHealthIndicator("adot")
	@ConditionalOnMissingBean(name = { "adotHealthIndicator", "adotHealthContributor" })
	AdotHealthIndicator adotHealthIndicator(DeliveryReports reports, ExportTargets targets, DeliveryStatus status) {
		return new AdotHealthIndicator(reports, targets, status);
	}

}
