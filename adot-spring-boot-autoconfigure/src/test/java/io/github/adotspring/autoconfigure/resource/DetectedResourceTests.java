package io.github.adotspring.autoconfigure.resource;

import java.nio.file.Path;
import java.util.Map;

import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what is detected arrives with the spans.
 */
final class DetectedResourceTests {

	@TempDir
	private Path root;

	private Place place;

	@BeforeEach
	void place() {
		this.place = new Place(this.root);
	}

	@Test
	void instanceIsDescribed() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2();
				DetectedApplication application = DetectedApplication.start(this.place.instance(metadata.url()))) {
			Map<String, Object> resource = application.exportedResource();
			assertThat(resource).containsEntry("host.id", "i-0123456789abcdef0")
				.containsEntry("host.name", MetadataBodies.HOST_NAME);
		}
	}

}
