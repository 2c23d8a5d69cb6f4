package io.github.adotspring.autoconfigure.sampling;

import java.net.URI;
import java.time.Clock;

import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.Resource;

/**
 * Where sampling rules come from: a file, a proxy, or X-Ray itself. Neither the region
 * nor credentials are looked for before the first call.
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
		Resource file = this.properties.rules();
		if (file != null) {
			return new LocalSamplingApi(file, Clock.systemUTC(), logger::warn);
		}
		URI endpoint = endpoint(proxy);
		SamplingRequests requests = (endpoint != null) ? SamplingRequests.unsigned(endpoint)
				: (path, body) -> this.signed().create(path, body);
		SamplingConnection connection = new SamplingConnection(this.properties.timeout(), this.properties.timeout());
		return new HttpSamplingApi(requests, connection, logger::warn);
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
		if (this.properties.rules() != null) {
			return this.properties.rules().getDescription();
		}
		URI endpoint = endpoint(proxy);
		return (endpoint != null) ? "proxy " + endpoint : "AWS X-Ray";
	}

}
