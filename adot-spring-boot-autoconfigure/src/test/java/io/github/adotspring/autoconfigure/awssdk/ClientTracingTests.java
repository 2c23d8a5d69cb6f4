package io.github.adotspring.autoconfigure.awssdk;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;

import io.github.adotspring.autoconfigure.aws.JdkSdkHttpClient;
import io.github.adotspring.autoconfigure.aws.OwnCalls;
import io.github.adotspring.autoconfigure.aws.UnobservedClient;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which clients are traced, and by which context.
 */
class ClientTracingTests {

	private final AwsServer server = new AwsServer();

	private final String url = "url=" + this.server.url();

	@AfterEach
	void nothingIsLeft() {
		this.server.close();
		assertThat(TracedContexts.latest()).isNull();
	}

	@Test
	void aClientThatIsABeanIsTraced() {
		try (TracedContext context = TracedContext.start(ClientBeans.class, this.url)) {
			context.bean(DynamoDbClient.class).listTables();
			context.bean(DynamoDbAsyncClient.class).listTables().join();
			assertThat(context.spans()).extracting(SpanData::getName)
				.containsExactly("DynamoDb.ListTables", "DynamoDb.ListTables");
			assertThat(context.spans()).extracting(SpanData::getKind).containsOnly(SpanKind.CLIENT);
		}
	}

	@Test
	void aClientThatAnApplicationMakesItselfIsTraced() {
		try (TracedContext context = TracedContext.start();
				DynamoDbClient client = Clients.sync(DynamoDbClient.builder(), this.server.url())) {
			client.listTables();
			assertThat(context.onlySpan().getName()).isEqualTo("DynamoDb.ListTables");
		}
	}

	@Test
	void aClientThatWasMadeBeforeTheContextIsTraced() {
		try (DynamoDbClient client = Clients.sync(DynamoDbClient.builder(), this.server.url());
				TracedContext context = TracedContext.start()) {
			client.listTables();
			assertThat(context.onlySpan().getName()).isEqualTo("DynamoDb.ListTables");
		}
	}

	@Test
	void aNativeClientIsTraced() {
		this.server.answers(200, "application/xml", "<ListAllMyBucketsResult/>");
		try (TracedContext context = TracedContext.start();
				S3AsyncClient client = S3AsyncClient.crtBuilder()
					.region(Region.EU_WEST_1)
					.credentialsProvider(Clients.CREDENTIALS)
					.endpointOverride(this.server.url())
					.forcePathStyle(true)
					.build()) {
			client.listBuckets().join();
			SpanData span = context.onlySpan();
			assertThat(span.getName()).isEqualTo("S3.ListBuckets");
			assertThat(span.getAttributes().get(AttributeKey.stringKey("aws.auth.region"))).isEqualTo("eu-west-1");
		}
	}

	@Test
	void beansOfTwoContextsDoNotMixAndOthersBelongToTheLast() {
		try (TracedContext first = TracedContext.start(ClientBeans.class, this.url);
				TracedContext second = TracedContext.start(ClientBeans.class, this.url);
				DynamoDbClient client = Clients.sync(DynamoDbClient.builder(), this.server.url())) {
			first.bean(DynamoDbClient.class).listTables();
			assertThat(first.spans()).hasSize(1);
			assertThat(second.spans()).isEmpty();
			second.bean(DynamoDbAsyncClient.class).listTables().join();
			client.listTables();
			assertThat(first.spans()).hasSize(1);
			assertThat(second.spans()).hasSize(2);
		}
	}

	@Test
	void aClientWithoutAContextBelongsToThatWhichIsStillOpen() {
		try (TracedContext first = TracedContext.start();
				DynamoDbClient client = Clients.sync(DynamoDbClient.builder(), this.server.url())) {
			TracedContext.start().close();
			client.listTables();
			assertThat(first.spans()).hasSize(1);
		}
	}

	@Test
	void aBeanThatOutlivesItsContextMakesNoSpansInAnother() {
		TracedContext first = TracedContext.start(ClientBeans.class, this.url);
		DynamoDbClient survivor = first.bean(DynamoDbClient.class);
		// Closing the whole context would close the client too.
		first.bean(ContextTracing.class).destroy();
		try (TracedContext second = TracedContext.start()) {
			survivor.listTables();
			assertThat(first.spans()).isEmpty();
			assertThat(second.spans()).isEmpty();
		}
		finally {
			first.close();
		}
	}

	@Test
	void aClosedContextIsLetGoOf() {
		try (DynamoDbClient client = Clients.sync(DynamoDbClient.builder(), this.server.url())) {
			WeakReference<TracedContext> closed = useAndClose(client);
			client.listTables();
			assertThat(isCollected(closed)).isTrue();
		}
	}

	private static WeakReference<TracedContext> useAndClose(DynamoDbClient client) {
		TracedContext context = TracedContext.start();
		client.listTables();
		assertThat(context.spans()).hasSize(1);
		context.close();
		return new WeakReference<>(context);
	}

	private static boolean isCollected(WeakReference<?> reference) {
		for (int i = 0; i < 50 && reference.get() != null; i++) {
			System.gc();
		}
		return reference.get() == null;
	}

	@Test
	void callsOfTheTelemetryAreNotTraced() {
		try (TracedContext context = TracedContext.start(ClientBeans.class, this.url)) {
			DynamoDbClient client = context.bean(DynamoDbClient.class);
			OwnCalls.make(client::listTables);
			assertThat(context.spans()).isEmpty();
			client.listTables();
			assertThat(context.spans()).hasSize(1);
		}
	}

	@Test
	void clientsOfTheTelemetryAreNotTraced() {
		try (TracedContext context = TracedContext.start();
				DynamoDbClient client = Clients.sync(DynamoDbClient.builder().addPlugin(new UnobservedClient()),
						this.server.url())) {
			client.listTables();
			assertThat(context.spans()).isEmpty();
		}
	}

	@Test
	void callsForCredentialsMakeNoSpansByDefault() {
		this.server.answers(200, "text/xml", "<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>");
		try (TracedContext context = TracedContext.start();
				StsClient client = Clients.sync(StsClient.builder(), this.server.url())) {
			client.assumeRole((request) -> request.roleArn("arn:aws:iam::1:role/r").roleSessionName("s"));
			assertThat(context.spans()).isEmpty();
			client.getCallerIdentity();
			assertThat(context.onlySpan().getName()).isEqualTo("Sts.GetCallerIdentity");
		}
	}

	@Test
	void operationsThatTheUserExcludesMakeNoSpans() {
		try (TracedContext context = TracedContext.start("management.adot.awssdk.excluded-operations=dynamodb.List*");
				DynamoDbClient client = Clients.sync(DynamoDbClient.builder(), this.server.url())) {
			client.listTables();
			assertThat(context.spans()).isEmpty();
			client.describeTable((request) -> request.tableName("stock"));
			assertThat(context.onlySpan().getName()).isEqualTo("DynamoDb.DescribeTable");
		}
	}

	@Test
	void theAccessKeyIsToldOnlyWhereItIsWanted() {
		AttributeKey<String> accessKey = AttributeKey.stringKey("aws.auth.account.access_key");
		AttributeKey<String> region = AttributeKey.stringKey("aws.auth.region");
		try (DynamoDbClient client = Clients.sync(DynamoDbClient.builder(), this.server.url())) {
			try (TracedContext context = TracedContext.start()) {
				client.listTables();
				assertThat(context.onlySpan().getAttributes().get(accessKey)).isNull();
				assertThat(context.onlySpan().getAttributes().get(region)).isEqualTo("eu-west-1");
			}
			try (TracedContext context = TracedContext.start("management.adot.awssdk.access-key-id=true",
					"management.adot.awssdk.signing-region=false")) {
				client.listTables();
				assertThat(context.onlySpan().getAttributes().get(accessKey)).isEqualTo(Clients.ACCESS_KEY_ID);
				assertThat(context.onlySpan().getAttributes().get(region)).isNull();
			}
		}
	}

	@Test
	void whatIsPresignedMakesNoSpan() {
		try (TracedContext context = TracedContext.start();
				S3Presigner presigner = S3Presigner.builder()
					.region(Region.EU_WEST_1)
					.credentialsProvider(Clients.CREDENTIALS)
					.build()) {
			presigner.presignGetObject((presign) -> presign.signatureDuration(Duration.ofHours(1))
				.getObjectRequest((request) -> request.bucket("photos").key("cat.png")));
			assertThat(context.spans()).isEmpty();
		}
	}

	@Test
	void eachAttemptThatFailsIsAnEventAndIsCounted() {
		this.server.answers(503, "application/json", "{}");
		try (TracedContext context = TracedContext.start();
				DynamoDbClient client = DynamoDbClient.builder()
					.region(Region.EU_WEST_1)
					.credentialsProvider(Clients.CREDENTIALS)
					.endpointOverride(this.server.url())
					.httpClient(new JdkSdkHttpClient(Duration.ofSeconds(10)))
					.overrideConfiguration((configuration) -> configuration.retryStrategy(threeAttempts()))
					.build()) {
			assertThatExceptionOfType(DynamoDbException.class).isThrownBy(client::listTables);
			SpanData span = context.onlySpan();
			assertThat(span.getAttributes().get(AttributeKey.longKey("http.request.resend_count"))).isEqualTo(2);
			assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code"))).isEqualTo(503);
			assertThat(span.getEvents()).extracting("name")
				.containsExactly("HTTP request failure", "HTTP request failure", "HTTP request failure", "exception");
		}
	}

	private static RetryStrategy threeAttempts() {
		return StandardRetryStrategy.builder()
			.maxAttempts(3)
			.backoffStrategy(BackoffStrategy.retryImmediately())
			.throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
			.retryOnException((exception) -> true)
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class ClientBeans {

		@Bean
		DynamoDbClient dynamoDb(Environment environment) {
			return Clients.sync(DynamoDbClient.builder(), URI.create(environment.getRequiredProperty("url")));
		}

		@Bean
		DynamoDbAsyncClient asynchronousDynamoDb(Environment environment) {
			return Clients.async(DynamoDbAsyncClient.builder(), URI.create(environment.getRequiredProperty("url")));
		}

	}

}
