package io.github.adotspring.autoconfigure.aws;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Properties as an application has them.
 */
final class TestProperties {

	private TestProperties() {
	}

	/**
	 * Bind properties.
	 * @param properties names below {@code management.adot.aws}, each followed by its
	 * value
	 */
	static AwsProperties of(String... properties) {
		Map<String, String> map = new HashMap<>();
		for (int i = 0; i < properties.length; i += 2) {
			map.put(AwsProperties.PREFIX + "." + properties[i], properties[i + 1]);
		}
		return new Binder(new MapConfigurationPropertySource(map)).bindOrCreate(AwsProperties.PREFIX,
				AwsProperties.class);
	}

}
