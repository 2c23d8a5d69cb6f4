package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a token of a Kubernetes service account says. Its signature is not looked at: the
 * kubelet wrote the file, and what it says is shown only.
 */
final class ServiceAccountToken {

	/** Of all partitions, with IPv4 and with dual-stack names. */
	private static final Pattern EKS_ISSUER = Pattern
		.compile("https://oidc[.-]eks\\.([a-z]+(?:-[a-z]+)+-\\d+)\\.[a-z0-9.-]+/id/[0-9A-Za-z]+");

	private final String payload;

	private ServiceAccountToken(String payload) {
		this.payload = payload;
	}

	/**
	 * Read a token.
	 * @return the token, {@code null} if the text is none
	 */
	static @Nullable ServiceAccountToken parse(@Nullable String token) {
		String[] parts = (token != null) ? token.split("\\.", -1) : new String[0];
		if (parts.length != 3) {
			return null;
		}
		try {
			return new ServiceAccountToken(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Whether the issuer may be EKS, as far as can be told without reading JSON.
	 */
	boolean mentionsEks() {
		return this.payload.contains("oidc.eks.") || this.payload.contains("oidc-eks.");
	}

	/**
	 * What it says.
	 * @throws IOException if it is not JSON
	 */
	Claims claims() throws IOException {
		MetadataJson claims = MetadataJson.parse(this.payload, "the token");
		String issuer = claims.text("iss");
		Matcher matcher = EKS_ISSUER.matcher((issuer != null) ? issuer : "");
		MetadataJson kubernetes = claims.object("kubernetes.io");
		return new Claims(matcher.matches() ? matcher.group(1) : null, kubernetes.text("namespace"),
				kubernetes.object("pod").text("name"), kubernetes.object("pod").text("uid"),
				kubernetes.object("node").text("name"));
	}

	/**
	 * What a token says of the pod that it was made for.
	 *
	 * @param region region of the cluster, {@code null} if the issuer is not EKS
	 * @param namespace namespace of the pod
	 * @param pod name of the pod
	 * @param podUid id of the pod
	 * @param node name of the node
	 */
	record Claims(@Nullable String region, @Nullable String namespace, @Nullable String pod, @Nullable String podUid,
			@Nullable String node) {

	}

}
