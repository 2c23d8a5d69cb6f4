package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.core.io.Resource;

/**
 * Rules from a file in X-Ray's own JSON. A rule that can't be understood is left out and
 * told once.
 */
final class RulesFile implements LocalRules {

	private final Resource file;

	private final Complaints complaints;

	RulesFile(Resource file, Consumer<String> warnings) {
		this.file = file;
		this.complaints = new Complaints(warnings);
	}

	@Override
	public List<SamplingRule> read() throws IOException {
		SamplingRuleReader reader = new SamplingRuleReader();
		reader.readLocal(this.file.getContentAsString(StandardCharsets.UTF_8), this.file.getDescription());
		this.complaints.update(reader.leftOut());
		return reader.rules();
	}

}
