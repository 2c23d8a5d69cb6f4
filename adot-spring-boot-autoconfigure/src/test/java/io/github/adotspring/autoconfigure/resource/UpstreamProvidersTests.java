package io.github.adotspring.autoconfigure.resource;

import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;

import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ResourceProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for applications that have upstream's resource providers for AWS on their class
 * path. Here they lack what they need to work, so calling one ends the start.
 */
final class UpstreamProvidersTests {

	@TempDir
	private Path root;

	private Place place;

	@BeforeEach
	void place() {
		this.place = new Place(this.root);
	}

	@Test
	void areThere() {
		assertThat(ServiceLoader.load(ResourceProvider.class).stream())
			.extracting((provider) -> provider.type().getSimpleName())
			.contains("Ec2ResourceProvider", "EcsResourceProvider", "EksResourceProvider", "BeanstalkResourceProvider",
					"LambdaResourceProvider");
	}

	@Test
	void wouldBeNoticed() {
		try (SystemProperties properties = new SystemProperties()) {
			properties.set("otel.java.enabled.resource.providers",
					"io.opentelemetry.contrib.aws.resource.Ec2ResourceProvider");
			assertThatThrownBy(() -> DetectedApplication.start(this.place))
				.hasRootCauseInstanceOf(ClassNotFoundException.class);
		}
	}

	@Test
	void doNotRunBesideOurs() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2(); SystemProperties properties = new SystemProperties()) {
			properties.set("otel.aws.imds.endpointOverride", metadata.url().getAuthority());
			try (DetectedApplication application = DetectedApplication.start(this.place.instance(metadata.url()))) {
				assertThat(application.exportedResource()).containsEntry("cloud.platform", "aws_ec2");
				assertThat(metadata.requests()).hasSize(3);
			}
		}
	}

	@Test
	void stayOffWhereTheUserDisablesAnother() {
		try (DetectedApplication application = DetectedApplication.start(this.place,
				"otel.java.disabled.resource.providers="
						+ "io.opentelemetry.instrumentation.resources.OsResourceProvider")) {
			Map<String, Object> resource = application.exportedResource();
			assertThat(resource).containsKey("host.arch").doesNotContainKeys("os.type", "cloud.provider");
		}
	}

}
