package io.github.adotspring.autoconfigure.sampling;

import java.util.List;
import java.util.Map;
import java.util.Random;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RuleMatcherTests {

	private static final SampledService NOWHERE = new SampledService(null, null, null);

	@Test
	void ruleOfStarsMatchesWhatHasNothing() {
		RuleMatcher matcher = new RuleMatcher(SamplingRules.rule("r", 1, 0, 0), NOWHERE);
		assertThat(matcher.matches(new SpanRequest(Attributes.empty()))).isTrue();
		assertThat(matcher.mismatch(new SpanRequest(Attributes.empty()))).isNull();
	}

	@Test
	void serviceIsMatchedWhenTheRuleIsMade() {
		assertThat(ofService("SH*", "aws::ecs::*", "arn:*").isPossible()).isTrue();
		assertThat(ofService("cart", "*", "*").isPossible()).isFalse();
		assertThat(ofService("*", "AWS::EC2::Instance", "*").isPossible()).isFalse();
		assertThat(ofService("*", "*", "arn:aws:lambda:*").isPossible()).isFalse();
		assertThat(new RuleMatcher(SamplingRules.ofService("s*", "*", "*"), NOWHERE).isPossible()).isFalse();
	}

	@Test
	void saysWhichFieldOfTheServiceDiffers() {
		RuleMatcher matcher = ofService("*", "AWS::EC2::Instance", "*");
		assertThat(matcher.matches(new SpanRequest(Attributes.empty()))).isFalse();
		assertThat(matcher.mismatch(new SpanRequest(Attributes.empty())))
			.isEqualTo(new Mismatch("ServiceType", "AWS::EC2::Instance", "AWS::ECS::Container"));
	}

	@ParameterizedTest
	@CsvSource({ "url.path,/a/b,/a/b", "http.target,/a/b?c=/d,/a/b", "url.full,https://h:80/a/b?c,/a/b",
			"http.url,http://h/a/b#c,/a/b", "url.full,https://h,/", "url.full,https://h?q=/x,/", "http.url,/a/b,/a/b" })
	void pathIsFoundIn(String key, String value, String path) {
		Attributes attributes = Attributes.of(AttributeKey.stringKey(key), value);
		assertThat(new SpanRequest(attributes).path()).isEqualTo(path);
		assertThat(matches("*", "*", path, Map.of(), attributes)).isTrue();
		assertThat(matches("*", "*", path + "?", Map.of(), attributes)).isFalse();
	}

	@Test
	void earlierAttributesWin() {
		Attributes attributes = Attributes.builder()
			.put("http.url", "http://old/old")
			.put("http.target", "/target")
			.put("url.path", "/path")
			.put("http.method", "OLD")
			.put("http.request.method", "_OTHER")
			.put("http.request.method_original", "PURGE")
			.put("http.host", "old")
			.put("net.host.name", "older")
			.put("server.address", "host")
			.build();
		assertThat(matches("host", "purge", "/path", Map.of(), attributes)).isTrue();
	}

	@Test
	void absentPathMatchesOnlyTheStar() {
		assertThat(matches("*", "*", "/*", Map.of(), Attributes.empty())).isFalse();
		assertThat(matches("h*", "*", "*", Map.of(), Attributes.empty())).isFalse();
		assertThat(matches("*", "G*", "*", Map.of(), Attributes.empty())).isFalse();
	}

	@Test
	void everyAttributeHasToBeThereWhateverItsType() {
		Attributes attributes = Attributes.builder().put("tenant", "Gold").put("retry", 3).put("beta", true).build();
		assertThat(matches("*", "*", "*", Map.of("tenant", "g*", "retry", "3", "beta", "TRUE"), attributes)).isTrue();
		assertThat(matches("*", "*", "*", Map.of("tenant", "g*", "absent", "*"), attributes)).isFalse();
		assertThat(matches("*", "*", "*", Map.of("retry", "4"), attributes)).isFalse();
	}

	@Test
	void saysWhatOfTheRequestDiffers() {
		Attributes attributes = Attributes.builder().put("url.path", "/cart").put("tenant", "silver").build();
		assertThat(mismatch("/shop/*", Map.of(), attributes)).isEqualTo(new Mismatch("URLPath", "/shop/*", "/cart"));
		assertThat(mismatch("*", Map.of("tenant", "gold"), attributes))
			.isEqualTo(new Mismatch("Attributes[tenant]", "gold", "silver"));
		assertThat(mismatch("*", Map.of("zone", "*"), attributes))
			.isEqualTo(new Mismatch("Attributes[zone]", "*", null));
	}

	@ParameterizedTest
	@CsvSource({ "aws_ec2,AWS::EC2::Instance,", "aws_ecs,AWS::ECS::Container,arn:container",
			"aws_eks,AWS::EKS::Container,", "aws_elastic_beanstalk,AWS::ElasticBeanstalk::Environment,",
			"aws_lambda,AWS::Lambda::Function,arn:function", "gcp_app_engine,," })
	void resourceTellsTheService(String platform, String type, String arn) {
		Resource resource = Resource.create(Attributes.builder()
			.put("service.name", "shop")
			.put("cloud.platform", platform)
			.put("cloud.resource_id", "arn:function")
			.put((platform.equals("aws_ecs")) ? "aws.ecs.container.arn" : "other", "arn:container")
			.build());
		assertThat(SampledService.of(resource)).isEqualTo(new SampledService("shop", type, arn));
	}

	@Test
	void agreesWithRegularExpressions() {
		Random random = new Random(11);
		int matching = 0;
		for (int i = 0; i < 50_000; i++) {
			String[] patterns = new String[4];
			String[] values = new String[4];
			boolean expected = true;
			for (int field = 0; field < 4; field++) {
				patterns[field] = text(random, "aA*?", 3);
				values[field] = text(random, "aAb", 3);
				expected &= values[field].matches("(?i)" + patterns[field].replace("*", ".*").replace('?', '.'));
			}
			matching += expected ? 1 : 0;
			Attributes attributes = Attributes.builder()
				.put("server.address", values[0])
				.put("http.method", values[1])
				.put("http.target", values[2] + "?q")
				.put("tenant", values[3])
				.build();
			assertThat(matches(patterns[0], patterns[1], patterns[2], Map.of("tenant", patterns[3]), attributes))
				.as("%s on %s", List.of(patterns), attributes)
				.isEqualTo(expected);
		}
		assertThat(matching).isGreaterThan(100);
	}

	private static String text(Random random, String alphabet, int maxLength) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
			text.append(alphabet.charAt(random.nextInt(alphabet.length())));
		}
		return text.toString();
	}

	private static RuleMatcher ofService(String name, String type, String arn) {
		return new RuleMatcher(SamplingRules.ofService(name, type, arn), SamplingRules.SERVICE);
	}

	private static boolean matches(String host, String method, String path, Map<String, String> patterns,
			Attributes attributes) {
		RuleMatcher matcher = new RuleMatcher(SamplingRules.ofRequest(host, method, path, patterns), NOWHERE);
		boolean matches = matcher.matches(new SpanRequest(attributes));
		assertThat(matcher.mismatch(new SpanRequest(attributes)) == null).isEqualTo(matches);
		return matches;
	}

	private static Mismatch mismatch(String path, Map<String, String> patterns, Attributes attributes) {
		return new RuleMatcher(SamplingRules.ofRequest("*", "*", path, patterns), NOWHERE)
			.mismatch(new SpanRequest(attributes));
	}

}
