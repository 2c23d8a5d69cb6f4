package io.github.adotspring.autoconfigure.emf;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.Http;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.InProcess;
import io.github.adotspring.autoconfigure.delivery.PayloadFixtures;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EmfAutoConfiguration}, {@link EmfDestinationProvider} and
 * {@link EmfProperties}.
 */
final class EmfAutoConfigurationTests {

	private static final String PREFIX = "management.adot.metrics.emf.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
				EmfAutoConfiguration.class))
		.withPropertyValues("management.adot.aws.region=eu-west-1", "management.adot.aws.fips=false",
				"management.adot.aws.dualstack=false", "spring.application.name=shop");

	/** Without a time of its own, so that it is of now. */
	private static byte[] message() {
		return Metrics.of()
			.add("m", (metric) -> metric.getGaugeBuilder().addDataPoints(NumberDataPoint.newBuilder().setAsInt(1)))
			.message()
			.toByteArray();
	}

	@Test
	void goesToCloudWatchLogsByDefault() {
		this.runner.run((context) -> {
			MetricsDestinationProvider provider = context.getBean(MetricsDestinationProvider.class);
			assertThat(provider.exportTo()).isEqualTo(MetricsExportTo.EMF);
			assertThat(provider.isDelta()).isTrue();
			assertThat(provider.describe())
				.isEqualTo("EMF to CloudWatch Logs, log group /metrics/shop, namespace shop");
			assertThat(provider.connection()).isInstanceOfSatisfying(Http.class, (http) -> {
				AwsEndpoint endpoint = http.endpoint().get();
				assertThat(endpoint.url()).isEqualTo(URI.create("https://logs.eu-west-1.amazonaws.com/"));
				assertThat(endpoint.service()).isEqualTo(AwsService.LOGS);
				assertThat(http.format().contentType()).isEqualTo("application/x-amz-json-1.1");
				assertThat(http.format().headers().get("X-Amz-Target")).containsExactly("Logs_20140328.PutLogEvents");
				assertThat(http.format().compressor()).isNull();
			});
			Part part = provider.translator().split(message()).parts().get(0);
			assertThat(new String(part.message(), StandardCharsets.UTF_8))
				.startsWith("{\"logGroupName\":\"/metrics/shop\",\"logStreamName\":\"");
		});
	}

	@Test
	void isThereWithoutTheClientOfCloudWatch() {
		this.runner.withClassLoader(new FilteredClassLoader("software.amazon.awssdk.services.cloudwatch"))
			.run((context) -> assertThat(context).hasSingleBean(EmfDestinationProvider.class));
	}

	/**
	 * The classes of the project are loaded anew, where there is no client of CloudWatch.
	 */
	@Test
	void translatesWithoutTheClientOfCloudWatch() throws Exception {
		String own = "io.github.adotspring.";
		try (FilteredClassLoader loader = new FilteredClassLoader(
				(name) -> name.startsWith("software.amazon.awssdk.services.cloudwatch"))) {
			ClassLoader anew = new ClassLoader(loader) {

				@Override
				protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
					Class<?> loaded = findLoadedClass(name);
					if (loaded != null || !name.startsWith(own)) {
						return (loaded != null) ? loaded : super.loadClass(name, resolve);
					}
					try (InputStream type = getResourceAsStream(name.replace('.', '/') + ".class")) {
						byte[] bytes = type.readAllBytes();
						return defineClass(name, bytes, 0, bytes.length);
					}
					catch (IOException ex) {
						throw new ClassNotFoundException(name, ex);
					}
				}

			};
			Class<?> clientUser = anew.loadClass(own + "autoconfigure.cloudwatch.MetricDataClient");
			assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(clientUser::getDeclaredMethods);
			Class<?> type = anew.loadClass(WithoutClient.class.getName());
			Constructor<?> constructor = type.getDeclaredConstructor();
			constructor.setAccessible(true);
			assertThat(((Callable<?>) constructor.newInstance()).call().toString())
				.contains("\"Values\":[1,4],\"Counts\":[1,1],\"Max\":4,\"Min\":1,\"Count\":2,\"Sum\":5");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(MetricsDestinationProvider.class));
	}

	@Test
	void stepsBackForABeanOfTheApplication() {
		EmfDestinationProvider own = new EmfDestinationProvider(null, EmfOutput.STDOUT, new EmfNames("n", "g", "s"),
				URI.create("tcp://h:1"), null, null, null, null);
		this.runner.withBean(EmfDestinationProvider.class, () -> own)
			.run((context) -> assertThat(context).getBean(MetricsDestinationProvider.class).isSameAs(own));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void goesToTheStandardOutputOnLambda(CapturedOutput output) {
		this.runner.withBean(AwsCompute.class, () -> AwsFixtures.compute(Map.of("AWS_LAMBDA_FUNCTION_NAME", "shop")))
			.run((context) -> {
				MetricsDestinationProvider provider = context.getBean(MetricsDestinationProvider.class);
				assertThat(provider.describe()).isEqualTo("EMF on the standard output, namespace shop");
				Split split = provider.translator().split(message());
				InProcess connection = (InProcess) provider.connection();
				Part part = split.parts().get(0);
				assertThat(connection.destination()
					.deliver(PayloadFixtures.metrics(part.message(), part.items()))
					.get(10, TimeUnit.SECONDS)
					.isDelivered()).isTrue();
			});
		String line = output.getOut().lines().filter((each) -> each.startsWith("{\"_aws\"")).findFirst().orElseThrow();
		assertThat(Documents.read(line).path("m").asInt()).isEqualTo(1);
	}

	@Test
	void outputThatIsChosenWinsOnLambda() {
		this.runner.withBean(AwsCompute.class, () -> AwsFixtures.compute(Map.of("AWS_LAMBDA_FUNCTION_NAME", "shop")))
			.withPropertyValues(PREFIX + "output=logs")
			.run((context) -> assertThat(context.getBean(MetricsDestinationProvider.class).connection())
				.isInstanceOf(Http.class));
	}

	@Test
	void goesToTheAgentWithTheNamesOfTheLog() {
		this.runner.withPropertyValues(PREFIX + "output=agent", PREFIX + "log-stream=me").run((context) -> {
			MetricsDestinationProvider provider = context.getBean(MetricsDestinationProvider.class);
			assertThat(provider.describe()).isEqualTo(
					"EMF to the CloudWatch agent at tcp://127.0.0.1:25888, log group /metrics/shop, namespace shop");
			assertThat(provider.connection()).isInstanceOf(InProcess.class);
			JsonNode document = Documents.readLines(provider.translator().split(message()).parts().get(0).message())
				.get(0);
			assertThat(document.at("/_aws/LogGroupName").asString()).isEqualTo("/metrics/shop");
			assertThat(document.at("/_aws/LogStreamName").asString()).isEqualTo("me");
		});
	}

	@Test
	void agentIsWhereTheVariableSays() {
		ApplicationContextRunner agent = this.runner.withPropertyValues(PREFIX + "output=agent",
				"AWS_EMF_AGENT_ENDPOINT=udp://agent:1234");
		agent.run((context) -> assertThat(context.getBean(MetricsDestinationProvider.class).describe())
			.contains("udp://agent:1234"));
		agent.withPropertyValues(PREFIX + "agent-endpoint=tcp://other:1")
			.run((context) -> assertThat(context.getBean(MetricsDestinationProvider.class).describe())
				.contains("tcp://other:1"));
		this.runner.withPropertyValues("AWS_EMF_AGENT_ENDPOINT=not an address")
			.run((context) -> assertThat(context).hasNotFailed());
		agent.withPropertyValues("AWS_EMF_AGENT_ENDPOINT=not an address")
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("AWS_EMF_AGENT_ENDPOINT"));
	}

	@Test
	void endpointOfTheUserIsSignedForTheRegion() {
		this.runner.withPropertyValues(PREFIX + "endpoint=https://vpce-1.example.com/").run((context) -> {
			AwsEndpoint endpoint = ((Http) context.getBean(MetricsDestinationProvider.class).connection()).endpoint()
				.get();
			assertThat(endpoint.url()).isEqualTo(URI.create("https://vpce-1.example.com/"));
			assertThat(endpoint.region()).isEqualTo("eu-west-1");
			assertThat(endpoint.service()).isEqualTo(AwsService.LOGS);
		});
	}

	@Test
	void dimensionsAreRules() {
		this.runner
			.withPropertyValues(PREFIX + "dimensions[0].metrics=http.*,jvm.*",
					PREFIX + "dimensions[0].dimensions[0]=service,uri", PREFIX + "dimensions[0].dimensions[1]=service",
					PREFIX + "dimensions[0].dimensions[2]=")
			.run((context) -> assertThat(context.getBean(EmfProperties.class).dimensions()).singleElement()
				.satisfies((rule) -> {
					assertThat(rule.metrics()).containsExactly("http.*", "jvm.*");
					assertThat(rule.dimensions()).hasToString("[[service, uri], [service], []]");
				}));
	}

	@ParameterizedTest
	@CsvSource({ "'My Shop (é)', My_Shop____, /metrics/My_Shop____", "AWS/Shop, _AWS/Shop, /metrics/_AWS/Shop",
			"'', default, /metrics/default" })
	void namesAreMadeOfTheNameOfTheApplication(String application, String namespace, String logGroup) {
		this.runner.withPropertyValues("spring.application.name=" + application)
			.run((context) -> assertThat(context.getBean(MetricsDestinationProvider.class).describe())
				.isEqualTo("EMF to CloudWatch Logs, log group " + logGroup + ", namespace " + namespace));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			namespace          | AWS/EC2          | a namespace has
			namespace          | a b              | a namespace has
			log-group          | a:b              | a log group has
			log-stream         | a*b              | a log stream has
			retention-days     | 2                | CloudWatch Logs takes only some
			storage-resolution | 30               | CloudWatch resolves 1 or 60
			agent-endpoint     | http://host:1    | the CloudWatch agent is reached by tcp or udp
			agent-endpoint     | tcp://host       | the CloudWatch agent is reached by tcp or udp
			endpoint           | ftp://host       | an endpoint is a full URL
			dimensions[0].metrics | a             | a rule needs sets
			dimensions[0].dimensions[0] | a       | a rule needs names
			""")
	void refusesWhatCanNotWork(String name, String value, String rule) {
		this.runner.withPropertyValues(PREFIX + name + "=" + value).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(PREFIX + name.replaceAll("\\[.*", "")).contains(rule);
			assertThat(analysis.getAction()).startsWith("Write ");
		});
	}

	@Test
	void startsNoThread() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.run((context) -> {
			context.getBean(MetricsDestinationProvider.class).connection();
			assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
		});
	}

	/**
	 * Makes a document.
	 */
	private static final class WithoutClient implements Callable<String> {

		@Override
		public String call() {
			EmfTranslator translator = new EmfTranslator(Documents.settings(true, true), new ManualClock());
			byte[] message = Metrics.of()
				.histogram("h",
						(point) -> point.setCount(2)
							.setSum(5)
							.setMin(1)
							.setMax(4)
							.addExplicitBounds(2)
							.addAllBucketCounts(List.of(1L, 1L)))
				.message()
				.toByteArray();
			Part part = new EmfSplitter(translator, new LinesForm()).split(message).parts().get(0);
			return new String(part.message(), StandardCharsets.UTF_8);
		}

	}

}
