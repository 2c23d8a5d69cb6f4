package io.github.adotspring.autoconfigure.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * What a signature says it was made with and for:
 * {@code keyid/date/region/service/aws4_request}.
 */
record CredentialScope(String keyId, String date, String region, String service, String terminator) {

	private static final String TERMINATOR = "aws4_request";

	static CredentialScope parse(String credential) throws SigV4Refusal {
		String[] elements = credential.split("/", -1);
		if (elements.length != 5) {
			throw SigV4Refusal.incompleteSignature("Credential must have exactly 5 slash-delimited elements, "
					+ "e.g. keyid/date/region/service/term, got '" + credential + "'");
		}
		return new CredentialScope(elements[0], elements[1], elements[2], elements[3], elements[4]);
	}

	void require(String region, String service, String timestamp) throws SigV4Refusal {
		List<String> complaints = new ArrayList<>();
		if (!this.region.equals(region)) {
			complaints.add("Credential should be scoped to a valid region.");
		}
		if (!this.service.equals(service)) {
			complaints.add("Credential should be scoped to correct service: '" + service + "'.");
		}
		if (!this.terminator.equals(TERMINATOR)) {
			complaints.add("Credential should be scoped with a valid terminator: '" + TERMINATOR + "'.");
		}
		String day = timestamp.substring(0, 8);
		if (!this.date.equals(day)) {
			complaints.add("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
					+ this.date + "' != '" + day + "', from '" + timestamp + "'.");
		}
		if (!complaints.isEmpty()) {
			throw SigV4Refusal.invalidSignature(String.join(" ", complaints));
		}
	}

	@Override
	public String toString() {
		return String.join("/", this.date, this.region, this.service, this.terminator);
	}

}
