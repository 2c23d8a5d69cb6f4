package io.github.adotspring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The versions of OpenTelemetry on the class path, and whether they go together. The
 * instrumentation is compiled against internals of the SDK that move between minor
 * releases, and Boot's dependency management decides the version of the SDK but not that
 * of the instrumentation.
 *
 * @param instrumentation version of the instrumentation, such as 2.27.0
 * @param sdk version of the SDK, such as 1.62.0
 */
record OpenTelemetryVersions(String instrumentation, String sdk) {

	private static final String INSTRUMENTATION_RESOURCE = "META-INF/io/opentelemetry/instrumentation/io.opentelemetry.spring-boot-autoconfigure.properties";

	private static final String SDK_RESOURCE = "io/opentelemetry/sdk/common/version.properties";

	private static final Pattern VERSION = Pattern.compile("(?<major>\\d+)\\.(?<minor>\\d+)\\..*");

	/**
	 * Found by running applications with every version that could be had. Newer lines
	 * than these are left alone.
	 */
	private static final List<Pairing> PAIRINGS = List.of(new Pairing(0, 26, 0, 60, "1.60.1"),
			new Pairing(27, 28, 61, 62, "1.62.0"), new Pairing(29, 31, 63, 66, "1.65.0"));

	/**
	 * Read the versions.
	 * @return the versions, {@code null} where one of them can't be told
	 */
	static @Nullable OpenTelemetryVersions detect(ClassLoader classLoader) {
		String instrumentation = read(classLoader, INSTRUMENTATION_RESOURCE, "version");
		String sdk = read(classLoader, SDK_RESOURCE, "sdk.version");
		return (instrumentation != null && sdk != null) ? new OpenTelemetryVersions(instrumentation, sdk) : null;
	}

	/**
	 * The version of the SDK to use instead, {@code null} if the versions go together or
	 * nothing is known against it.
	 */
	@Nullable String betterSdk() {
		int instrumentationMinor = minor(this.instrumentation, 2);
		int sdkMinor = minor(this.sdk, 1);
		if (instrumentationMinor < 0 || sdkMinor < 0) {
			return null;
		}
		return PAIRINGS.stream()
			.filter((pairing) -> pairing.isFor(instrumentationMinor) && !pairing.fits(sdkMinor))
			.map(Pairing::sdk)
			.findFirst()
			.orElse(null);
	}

	private static int minor(String version, int major) {
		Matcher matcher = VERSION.matcher(version);
		boolean known = matcher.matches() && Integer.parseInt(matcher.group("major")) == major;
		return known ? Integer.parseInt(matcher.group("minor")) : -1;
	}

	private static @Nullable String read(ClassLoader classLoader, String resource, String key) {
		try (InputStream input = classLoader.getResourceAsStream(resource)) {
			if (input == null) {
				return null;
			}
			Properties properties = new Properties();
			properties.load(input);
			return properties.getProperty(key);
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Minor releases that go together: of the instrumentation 2.x, and of the SDK 1.x.
	 *
	 * @param from first release of the instrumentation
	 * @param to last release of the instrumentation
	 * @param sdkFrom first release of the SDK
	 * @param sdkTo last release of the SDK
	 * @param sdk the SDK to recommend
	 */
	private record Pairing(int from, int to, int sdkFrom, int sdkTo, String sdk) {

		boolean isFor(int instrumentationMinor) {
			return instrumentationMinor >= this.from && instrumentationMinor <= this.to;
		}

		boolean fits(int sdkMinor) {
			return sdkMinor >= this.sdkFrom && sdkMinor <= this.sdkTo;
		}

	}

}
