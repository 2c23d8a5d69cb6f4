package io.github.adotspring.autoconfigure.testing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An example of AWS's Signature Version 4 test suite, under its name there, and the
 * signature that AWS publishes for it.
 */
record SuiteExample(String name, String method, String target, String body, String signature, String... headers) {

	static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");

	private static final String UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final String FORM_SHA256 = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";

	private static final String TOKEN = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";

	static Stream<SuiteExample> all() {
		return Stream.of(
				new SuiteExample("get-vanilla", "GET", "/", "",
						"5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
				new SuiteExample("post-vanilla", "POST", "/", "",
						"5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
				new SuiteExample("get-vanilla-empty-query-key", "GET", "/?Param1=value1", "",
						"a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
				new SuiteExample("get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1", "",
						"b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
				new SuiteExample("get-vanilla-query-order-encoded", "GET",
						"/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1", "",
						"371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"),
				new SuiteExample("get-vanilla-query-unreserved", "GET", "/?" + UNRESERVED + "=" + UNRESERVED, "",
						"9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
				new SuiteExample("get-vanilla-utf8-query", "GET", "/?\u1234=bar", "",
						"2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
				new SuiteExample("get-unreserved", "GET", "/" + UNRESERVED, "",
						"07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
				new SuiteExample("get-utf8", "GET", "/\u1234", "",
						"8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
				new SuiteExample("get-space-normalized", "GET", "/example space/", "",
						"652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
				new SuiteExample("get-slashes-normalized", "GET", "//example//", "",
						"9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
				new SuiteExample("get-relative-relative-normalized", "GET", "/example1/example2/../..", "",
						"5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
				new SuiteExample("get-header-key-duplicate", "GET", "/", "",
						"c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea", "My-Header1:value2",
						"My-Header1:value2", "My-Header1:value1"),
				new SuiteExample("get-header-value-order", "GET", "/", "",
						"08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01", "My-Header1:value4",
						"My-Header1:value1", "My-Header1:value3", "My-Header1:value2"),
				new SuiteExample("get-header-value-trim", "GET", "/", "",
						"acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736", "My-Header1: value1",
						"My-Header2: \"a   b   c\""),
				new SuiteExample("post-header-value-case", "POST", "/", "",
						"cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d", "My-Header1:VALUE1"),
				new SuiteExample("get-vanilla-with-session-token", "GET", "/", "",
						"07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
						"X-Amz-Security-Token:" + TOKEN),
				new SuiteExample("post-x-www-form-urlencoded", "POST", "/", "Param1=value1",
						"ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
						"Content-Type:application/x-www-form-urlencoded"),
				new SuiteExample("post-x-www-form-urlencoded, with the hash of its content", "POST", "/",
						"Param1=value1", "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
						"Content-Type:application/x-www-form-urlencoded", "Content-Length:13",
						"x-amz-content-sha256:" + FORM_SHA256));
	}

	SigV4Verifier verifier() {
		boolean temporary = Stream.of(this.headers).anyMatch((header) -> header.endsWith(TOKEN));
		AccessKey key = temporary ? AccessKey.EXAMPLE.withSessionToken(TOKEN) : AccessKey.EXAMPLE;
		return new SigV4Verifier("service", "us-east-1", List.of(key), Clock.fixed(SIGNED_AT, ZoneOffset.UTC));
	}

	ReceivedRequest request() {
		Map<String, List<String>> received = new TreeMap<>();
		received.put("Host", List.of("example.amazonaws.com"));
		received.put("X-Amz-Date", List.of("20150830T123600Z"));
		for (String header : this.headers) {
			String[] nameAndValue = header.split(":", 2);
			received.computeIfAbsent(nameAndValue[0], (name) -> new ArrayList<>()).add(nameAndValue[1]);
		}
		List<String> signedHeaders = received.keySet()
			.stream()
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.sorted()
			.toList();
		received.put("Authorization",
				List.of("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
						+ "SignedHeaders=" + String.join(";", signedHeaders) + ", Signature=" + this.signature));
		String[] pathAndQuery = this.target.split("\\?", 2);
		return new ReceivedRequest(this.method, pathAndQuery[0], (pathAndQuery.length > 1) ? pathAndQuery[1] : null,
				received, this.body.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
