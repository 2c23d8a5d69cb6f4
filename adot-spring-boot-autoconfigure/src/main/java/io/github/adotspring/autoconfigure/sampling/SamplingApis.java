package io.github.adotspring.autoconfigure.sampling;

import java.net.URI;
import java.time.Clock;
import java.util.List;

import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.Resource;

/**
 * Where sampling rules come from: the configuration, a file, a proxy, or X-Ray itself.
 * Neither the region nor credentials are looked for before the first call.
 */
final class SamplingApis {

	private static final Log logger = LogFactory.getLog(SamplingApis.class);

	private final SamplingProperties properties;

	private final AwsEndpoints endpoints;

	private final ObjectProvider<SigV4Signer> signer;

	SamplingApis(SamplingProperties properties, AwsEndpoints endpoints, ObjectProvider<SigV4Signer> signer) {
		this.properties = properties;
		this.endpoints = endpoints;
		this.signer = signer;
	}

	/**
	 * The source to use.
	 * @param proxy a proxy, for where the properties name none
	 */
	SamplingSource at(@Nullable URI proxy) {
		Resource file = this.properties.rulesFile();
		if (file != null) {
			return local(new RulesFile(file, logger::warn), file.getDescription());
		}
		List<SamplingRule> rules = ConfiguredRule.toRules(SamplingProperties.RULES, this.properties.rules());
		if (!rules.isEmpty()) {
			return local(() -> rules, SamplingProperties.RULES);
		}
		URI endpoint = (this.properties.endpoint() != null) ? this.properties.endpoint() : proxy;
		return (endpoint != null) ? remote(SamplingRequests.unsigned(endpoint), "proxy " + endpoint)
				: remote((path, body) -> this.signed().create(path, body), "AWS X-Ray");
	}

	private static SamplingSource local(LocalRules rules, String description) {
		return new SamplingSource(new LocalSamplingApi(rules, Clock.systemUTC()), description);
	}

	private SamplingSource remote(SamplingRequests requests, String description) {
		SamplingConnection connection = new SamplingConnection(this.properties.timeout(), this.properties.timeout());
		return new SamplingSource(new HttpSamplingApi(requests, connection, logger::warn), description);
	}

	private SamplingRequests signed() {
		return SamplingRequests.signed(() -> this.endpoints.resolve(AwsService.XRAY), this.signer.getObject());
	}

}
