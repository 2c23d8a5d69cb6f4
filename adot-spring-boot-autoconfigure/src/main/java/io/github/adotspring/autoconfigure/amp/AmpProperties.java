package io.github.adotspring.autoconfigure.amp;

import java.net.URI;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.PropertyRules;
import io.github.adotspring.autoconfigure.aws.HttpUrls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Metrics in Amazon Managed Service for Prometheus, where
 * {@code management.adot.metrics.export.to} is {@code amp}.
 *
 * @param workspaceId id of the workspace in the application's region, such as
 * ws-b226cc2a-a446-46a9-933a-ac50479a5568; this or url is needed
 * @param url full URL to write to, instead of a workspace in the application's region;
 * signed for the region that its host names, else for the application's
 * @param histograms what exponential histograms become: classic series with buckets, or
 * native histograms, one series each
 * @param maxBuckets the most buckets of a classic histogram, beside infinity; decides how
 * fine they are, the same for all histograms of a unit; 160 at most
 * @param maxSeries the most series that are remembered, to begin counters at zero and to
 * end all when the application stops
 */
@ConfigurationProperties(AmpProperties.PREFIX)
record AmpProperties(@Nullable String workspaceId, @Nullable URI url, @DefaultValue("classic") HistogramForm histograms,
		@DefaultValue("20") int maxBuckets, @DefaultValue("20000") int maxSeries) {

	static final String PREFIX = AdotProperties.PREFIX + ".metrics.amp";

	static final String WORKSPACE_ID = PREFIX + ".workspace-id";

	static final String URL = PREFIX + ".url";

	private static final String MAX_BUCKETS = PREFIX + ".max-buckets";

	/** What an exponential histogram has by default. More bounds tell no more. */
	private static final int MOST_BUCKETS = 160;

	private static final Pattern WORKSPACE = Pattern.compile("ws-[A-Za-z0-9-]+");

	AmpProperties {
		// A placeholder with an empty default sets nothing.
		workspaceId = (workspaceId == null || workspaceId.isBlank()) ? null : workspaceId.trim();
		url = (url == null || url.toString().isBlank()) ? null : url;
		if (workspaceId != null && !WORKSPACE.matcher(workspaceId).matches()) {
			throw new InvalidAdotConfigurationException(WORKSPACE_ID, workspaceId,
					"the id of a workspace begins with 'ws-' and has letters, digits and hyphens only",
					"Write an id such as 'ws-b226cc2a-a446-46a9-933a-ac50479a5568', not an alias or an ARN.");
		}
		if (url != null) {
			HttpUrls.requireHttpUrl(URL, url);
		}
		PropertyRules.requireAtLeastOne(MAX_BUCKETS, maxBuckets);
		PropertyRules.requireAtMost(MAX_BUCKETS, maxBuckets, MOST_BUCKETS);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-series", maxSeries);
	}

}
