package io.github.adotspring.autoconfigure.spool;

import java.nio.file.Path;
import java.time.Duration;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.PropertyRules;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Telemetry that waits on disk while its destination can't be reached.
 *
 * @param enabled whether what can't be delivered is stored on disk and sent later, also
 * after a restart
 * @param directory directory for it, which several processes of one user may share; by
 * default 'adot-spool-' and the name of the user, in the directory for temporary files
 * @param maxSize the most that all processes together keep in the directory; the oldest
 * goes first
 * @param maxAge longest time that a request waits on disk, at most 14 days
 */
@ConfigurationProperties(SpoolProperties.PREFIX)
public record SpoolProperties(@DefaultValue("false") boolean enabled, @Nullable Path directory,
		@DefaultValue("100MB") DataSize maxSize, @DefaultValue("24h") Duration maxAge) {

	/**
	 * The prefix of the properties.
	 */
	public static final String PREFIX = AdotProperties.PREFIX + ".delivery.spool";

	/**
	 * CloudWatch Logs takes nothing older.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
	 */
	private static final Duration OLDEST = Duration.ofDays(14);

	/**
	 * Create the properties.
	 * @throws io.github.adotspring.autoconfigure.InvalidAdotConfigurationException if a
	 * value can't work
	 */
	public SpoolProperties {
		PropertyRules.requirePositive(PREFIX + ".max-size", maxSize);
		PropertyRules.requirePositive(PREFIX + ".max-age", maxAge);
		PropertyRules.requireAtMost(PREFIX + ".max-age", maxAge, OLDEST);
	}

	/**
	 * The directory to use.
	 * @return the directory that is set, or else the default
	 */
	public Path directoryOrDefault() {
		return (this.directory != null) ? this.directory : Path.of(System.getProperty("java.io.tmpdir"),
				"adot-spool-" + System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_"));
	}

}
