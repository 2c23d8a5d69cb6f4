package io.github.adotspring.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.config.SqsBootstrapConfiguration;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import io.github.adotspring.autoconfigure.aws.JdkSdkHttpClient;
import io.github.adotspring.autoconfigure.testing.DynamoDbServer;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.SqsServer;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trace from an HTTP request through a queue to what its listener asks of DynamoDB,
 * with clients that are beans and with one that nobody knows of.
 */
class SqsToDynamoDbTests {

	@RegisterExtension
	static final SqsServer sqs = new SqsServer();

	private static DynamoDbServer dynamoDb;

	private static TestApplication application;

	@BeforeAll
	static void start() {
		dynamoDb = DynamoDbServer.start();
		application = TestApplication.start(Shop.class, "sqs=" + sqs.uri(), "dynamodb=" + dynamoDb.url());
		application.get("/create");
	}

	@AfterAll
	static void stop() {
		if (application != null) {
			application.close();
		}
		if (dynamoDb != null) {
			dynamoDb.close();
		}
	}

	@Test
	void isOneTraceSpanBySpan() {
		application.get("/order");
		ReceivedSpan request = application.awaitSpan("GET /order");
		ReceivedSpan publish = application.awaitSpan("orders publish");
		ReceivedSpan process = application.awaitSpan("orders process");
		ReceivedSpan put = application.awaitSpan("DynamoDb.PutItem");
		ReceivedSpan get = application.awaitSpan("DynamoDb.GetItem");
		ReceivedSpan batch = application.awaitSpan("DynamoDb.BatchGetItem");
		assertThat(Stream.of(request, publish, process, put, get, batch)).extracting(ReceivedSpan::traceId)
			.containsOnly(request.traceId());
		assertThat(publish.parentSpanId()).isEqualTo(request.spanId());
		assertThat(process.parentSpanId()).isEqualTo(publish.spanId());
		assertThat(Stream.of(put, get, batch)).allSatisfy((call) -> {
			assertThat(call.parentSpanId()).isEqualTo(process.spanId());
			assertThat(call.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
			assertThat(call.attributes()).containsEntry("db.system", "dynamodb")
				.containsEntry("aws.dynamodb.table_names", List.of("stock"))
				.containsEntry("http.response.status_code", 200L);
		});
	}

	@Test
	void aConditionThatDoesNotHoldIsAnErrorOfItsSpan() {
		application.get("/refused");
		ReceivedSpan refused = application.awaitSpan("DynamoDb.UpdateItem");
		assertThat(refused.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(refused.attributes()).containsEntry("http.response.status_code", 400L).containsKey("aws.request_id");
	}

	@Test
	void aTableThatIsMadeHasItsArn() {
		assertThat(application.awaitSpan("DynamoDb.CreateTable").attributes().get("aws.table.arn")).asString()
			.isNotEmpty();
	}

	@EnableAutoConfiguration
	@Import({ SqsBootstrapConfiguration.class, SpringCloudAwsBeans.class, Clients.class })
	@RestController
	static class Shop {

		private static final Map<String, AttributeValue> KEY = Map.of("sku", AttributeValue.fromS("kettle"));

		private final SqsTemplate sqs;

		private final DynamoDbClient dynamoDb;

		private final DynamoDbAsyncClient asynchronousDynamoDb;

		private final URI url;

		Shop(SqsTemplate sqs, DynamoDbClient dynamoDb, DynamoDbAsyncClient asynchronousDynamoDb,
				@Value("${dynamodb}") URI url) {
			this.sqs = sqs;
			this.dynamoDb = dynamoDb;
			this.asynchronousDynamoDb = asynchronousDynamoDb;
			this.url = url;
		}

		@GetMapping("/create")
		String create() {
			this.dynamoDb.createTable((table) -> table.tableName("stock")
				.billingMode(BillingMode.PAY_PER_REQUEST)
				.keySchema(KeySchemaElement.builder().attributeName("sku").keyType(KeyType.HASH).build())
				.attributeDefinitions(AttributeDefinition.builder()
					.attributeName("sku")
					.attributeType(ScalarAttributeType.S)
					.build()));
			return "created";
		}

		@GetMapping("/order")
		String order() {
			this.sqs.send("orders", "kettle");
			return "ordered";
		}

		@GetMapping("/refused")
		String refused() {
			try {
				this.dynamoDb.updateItem((update) -> update.tableName("stock")
					.key(Map.of("sku", AttributeValue.fromS("none")))
					.conditionExpression("attribute_exists(sku)"));
				return "updated";
			}
			catch (ConditionalCheckFailedException ex) {
				return "refused";
			}
		}

		@SqsListener("orders")
		void pack(String order) {
			this.dynamoDb.putItem((put) -> put.tableName("stock").item(KEY));
			this.asynchronousDynamoDb.getItem((get) -> get.tableName("stock").key(KEY)).join();
			try (DynamoDbClient unknown = Clients.dynamoDb(this.url)) {
				KeysAndAttributes keys = KeysAndAttributes.builder().keys(List.of(KEY)).build();
				unknown.batchGetItem((get) -> get.requestItems(Map.of("stock", keys)));
			}
		}

	}

	static class Clients {

		private static final StaticCredentialsProvider CREDENTIALS = StaticCredentialsProvider
			.create(AwsBasicCredentials.create("id", "secret"));

		static DynamoDbClient dynamoDb(URI url) {
			return DynamoDbClient.builder()
				.region(Region.EU_WEST_1)
				.credentialsProvider(CREDENTIALS)
				.endpointOverride(url)
				.httpClient(new JdkSdkHttpClient(Duration.ofSeconds(10)))
				.build();
		}

		@Bean
		DynamoDbClient dynamoDbClient(@Value("${dynamodb}") URI url) {
			return dynamoDb(url);
		}

		@Bean
		DynamoDbAsyncClient dynamoDbAsyncClient(@Value("${dynamodb}") URI url) {
			return DynamoDbAsyncClient.builder()
				.region(Region.EU_WEST_1)
				.credentialsProvider(CREDENTIALS)
				.endpointOverride(url)
				.httpClientBuilder(NettyNioAsyncHttpClient.builder())
				.build();
		}

	}

}
