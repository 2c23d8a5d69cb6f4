package io.github.adotspring.autoconfigure.aws;

import java.net.URI;

/**
 * An endpoint at AWS with what a signature for it needs.
 *
 * @param service service that answers, and that the signature is scoped to
 * @param url full URL
 * @param region region that the signature is scoped to
 * @param origin where the endpoint or its region came from, such as "region from
 * AWS_REGION"
 */
public record AwsEndpoint(AwsService service, URI url, String region, String origin) {

	/**
	 * Another path at the same host.
	 * @param path the path, from the root
	 * @return the endpoint with it
	 */
	public AwsEndpoint at(String path) {
		return new AwsEndpoint(this.service, this.url.resolve(path), this.region, this.origin);
	}

	/**
	 * The partition of the region, such as aws-cn.
	 * @return the partition as ARNs name it
	 */
	public String partition() {
		return AwsPartition.ofRegion(this.region).id();
	}

}
