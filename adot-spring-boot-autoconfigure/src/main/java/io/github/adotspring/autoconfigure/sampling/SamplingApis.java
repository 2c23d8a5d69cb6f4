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
	 * The API to use.
	 * @param proxy a proxy, for where the properties name none
	 */
	SamplingApi at(@Nullable URI proxy) {
		LocalRules local = local();
		if (local != null) {
			return new LocalSamplingApi(local, Clock.systemUTC());
		}
		URI endpoint = endpoint(proxy);
		SamplingRequests requests = (endpoint != null) ? SamplingRequests.unsigned(endpoint)
				: (path, body) -> this.signed().create(path, body);
		SamplingConnection connection = new SamplingConnection(this.properties.timeout(), this.properties.timeout());
		return new HttpSamplingApi(requests, connection, logger::warn);
	}

	private @Nullable LocalRules local() {
		Resource file = this.properties.rulesFile();
		if (file != null) {
			return new RulesFile(file, logger::warn);
		}
		List<SamplingRule> rules = ConfiguredRule.toRules(SamplingProperties.RULES, this.properties.rules());
		return rules.isEmpty() ? null : () -> rules;
	}

	private @Nullable URI endpoint(@Nullable URI proxy) {
		return (this.properties.endpoint() != null) ? this.properties.endpoint() : proxy;
	}

	private SamplingRequests signed() {
		return SamplingRequests.signed(() -> this.endpoints.resolve(AwsService.XRAY), this.signer.getObject());
	}

	/**
	 * Where rules come from, for people.
	 * @param proxy a proxy, for where the properties name none
	 */
	String describe(@Nullable URI proxy) {
		if (this.properties.rulesFile() != null) {
			return this.properties.rulesFile().getDescription();
		}
		if (!this.properties.rules().isEmpty()) {
			return SamplingProperties.RULES;
		}
		URI endpoint = endpoint(proxy);
		return (endpoint != null) ? "proxy " + endpoint : "AWS X-Ray";
	}

}
