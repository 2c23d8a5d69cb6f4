package io.github.adotspring.autoconfigure.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@code Authorization} header that carries a Signature Version 4, and
 * the time it was signed at.
 */
record SigV4Authorization(String algorithm, String credential, SortedSet<String> signedHeaders, String signature,
		String date) {

	static SigV4Authorization of(ReceivedRequest request) throws SigV4Refusal {
		String header = request.header("Authorization");
		if (header == null || header.isBlank()) {
			throw SigV4Refusal.missingAuthentication();
		}
		String[] schemeAndParameters = header.strip().split("\\s+", 2);
		Map<String, String> parameters = (schemeAndParameters.length > 1) ? parameters(schemeAndParameters[1], header)
				: Map.of();
		String credential = parameters.get("Credential");
		String signature = parameters.get("Signature");
		String signedHeaders = parameters.get("SignedHeaders");
		String date = request.header("X-Amz-Date");
		if (credential == null || signature == null || signedHeaders == null || date == null) {
			throw incomplete(header, credential, signature, signedHeaders, date);
		}
		return new SigV4Authorization(schemeAndParameters[0], credential, names(signedHeaders), signature, date);
	}

	private static Map<String, String> parameters(String text, String header) throws SigV4Refusal {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String parameter : text.split("[,\\s]+")) {
			int equals = parameter.indexOf('=');
			if (equals < 0) {
				throw SigV4Refusal.incompleteSignature("Invalid key=value pair (missing equal-sign) in Authorization "
						+ "header (hashed with SHA-256 and encoded with Base64): '" + Hashes.sha256Base64(header)
						+ "'.");
			}
			parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
		}
		return parameters;
	}

	private static SigV4Refusal incomplete(String header, @Nullable String credential, @Nullable String signature,
			@Nullable String signedHeaders, @Nullable String date) {
		List<String> complaints = new ArrayList<>();
		if (credential == null) {
			complaints.add("Authorization header requires 'Credential' parameter.");
		}
		if (signature == null) {
			complaints.add("Authorization header requires 'Signature' parameter.");
		}
		if (signedHeaders == null) {
			complaints.add("Authorization header requires 'SignedHeaders' parameter.");
		}
		if (date == null) {
			complaints.add("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
		}
		complaints.add("(Hashed with SHA-256 and encoded with Base64) Authorization=" + Hashes.sha256Base64(header));
		return SigV4Refusal.incompleteSignature(String.join(" ", complaints));
	}

	private static SortedSet<String> names(String signedHeaders) {
		SortedSet<String> names = new TreeSet<>();
		for (String name : signedHeaders.split(";")) {
			names.add(name.toLowerCase(Locale.ROOT));
		}
		return names;
	}

}
