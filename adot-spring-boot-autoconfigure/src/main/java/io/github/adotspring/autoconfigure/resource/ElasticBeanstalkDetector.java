package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * AWS Elastic Beanstalk, which writes a file for X-Ray. The id of the deployment is the
 * same on all instances, so it is not the id of one.
 */
final class ElasticBeanstalkDetector implements Detector {

	private static final String FILE = "/var/elasticbeanstalk/xray/environment.conf";

	private final Surroundings surroundings;

	ElasticBeanstalkDetector(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	static boolean isHere(Surroundings surroundings) {
		return surroundings.exists(FILE);
	}

	@Override
	public @Nullable String absence() {
		return isHere(this.surroundings) ? null : "there is no " + FILE;
	}

	@Override
	public Findings detect(MetadataClient client) throws IOException {
		String content = this.surroundings.read(FILE);
		if (content == null) {
			throw new IOException(FILE + " can't be read");
		}
		MetadataJson environment = MetadataJson.parse(content, FILE);
		String name = environment.text("environment_name");
		return Findings.on("aws_elastic_beanstalk")
			.put("service.namespace", name)
			.put("service.version", environment.text("version_label"))
			.put("deployment.environment.name", name)
			.put("aws.elastic_beanstalk.deployment.id", environment.text("deployment_id"));
	}

}
