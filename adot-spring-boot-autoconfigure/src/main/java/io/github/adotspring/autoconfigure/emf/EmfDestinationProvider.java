package io.github.adotspring.autoconfigure.emf;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.delivery.DeliveryExecutor;
import io.github.adotspring.autoconfigure.delivery.DeliveryProperties;
import io.github.adotspring.autoconfigure.delivery.LineOutput;
import io.github.adotspring.autoconfigure.delivery.LogStreamCreation;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.delivery.QueuedDestination;
import io.github.adotspring.autoconfigure.otlp.JsonText;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;

/**
 * EMF as a destination of metrics.
 */
final class EmfDestinationProvider implements MetricsDestinationProvider {

	/**
	 * Where a document is full. CloudWatch Logs took events of this size before it took
	 * larger ones, so nothing that stands in for it refuses them.
	 */
	private static final int FULL_DOCUMENT = 256 * 1024 - PutLogEventsForm.OVERHEAD;

	private static final int MAX_DOCUMENT = PutLogEventsForm.MAX_BYTES - PutLogEventsForm.OVERHEAD;

	private static final Duration AGENT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration AGENT_PATIENCE = Duration.ofSeconds(1);

	private final EmfProperties properties;

	private final EmfOutput output;

	private final EmfNames names;

	private final URI agent;

	private final AwsEndpoints endpoints;

	private final DeliveryProperties delivery;

	private final DeliveryExecutor executor;

	private final Clock clock;

	/**
	 * Create a new instance.
	 * @param output where the documents go
	 * @param names the names that metrics and logs have
	 * @param agent where the CloudWatch agent is
	 */
	EmfDestinationProvider(EmfProperties properties, EmfOutput output, EmfNames names, URI agent,
			AwsEndpoints endpoints, DeliveryProperties delivery, DeliveryExecutor executor, Clock clock) {
		this.properties = properties;
		this.output = output;
		this.names = names;
		this.agent = agent;
		this.endpoints = endpoints;
		this.delivery = delivery;
		this.executor = executor;
		this.clock = clock;
	}

	@Override
	public MetricsExportTo exportTo() {
		return MetricsExportTo.EMF;
	}

	@Override
	public boolean isDelta() {
		return true;
	}

	@Override
	public MessageSplitter translator() {
		return new EmfSplitter(new EmfTranslator(settings(), this.clock),
				(this.output == EmfOutput.LOGS) ? form() : new LinesForm());
	}

	private EmfSettings settings() {
		boolean isDatagram = this.output == EmfOutput.AGENT && AgentOutput.isDatagram(this.agent);
		return new EmfSettings(this.names.namespace(), (this.output == EmfOutput.AGENT) ? metadataForAgent() : "",
				this.properties.storageResolution(), this.properties.serviceDimensions(),
				this.properties.resourceAttributes(), this.properties.dimensions(),
				isDatagram ? AgentOutput.MAX_DATAGRAM : FULL_DOCUMENT,
				isDatagram ? AgentOutput.MAX_DATAGRAM : MAX_DOCUMENT);
	}

	/**
	 * The agent reads there where to send a document.
	 */
	private String metadataForAgent() {
		return ",\"LogGroupName\":" + JsonText.quote(this.names.logGroup()) + ",\"LogStreamName\":"
				+ JsonText.quote(this.names.logStream());
	}

	private PutLogEventsForm form() {
		return new PutLogEventsForm(this.names.logGroup(), this.names.logStream());
	}

	@Override
	public Connection connection() {
		return switch (this.output) {
			case LOGS -> new Http(this::endpoint, new PutLogEventsFormat(form(), creation()));
			case STDOUT -> oneByOne(new LineOutput(() -> System.out));
			case AGENT -> oneByOne(new AgentOutput(this.agent, AGENT_TIMEOUT, AGENT_PATIENCE));
		};
	}

	private LogStreamCreation creation() {
		return new LogStreamCreation(new LogStreamCreation.Rules(EmfProperties.PREFIX + ".create",
				this.properties.create(), this.properties.retentionDays(), null), this.clock);
	}

	private InProcess oneByOne(Function<Payload, Outcome> output) {
		return new InProcess(new QueuedDestination(output, 1, this.delivery, this.executor));
	}

	private AwsEndpoint endpoint() {
		URI url = this.properties.endpoint();
		return (url != null) ? this.endpoints.resolve(AwsService.LOGS, url, EmfProperties.PREFIX + ".endpoint")
				: this.endpoints.resolveInRegion(AwsService.LOGS, "/");
	}

	@Override
	public String describe() {
		return "EMF " + switch (this.output) {
			case LOGS -> "to CloudWatch Logs, log group " + this.names.logGroup();
			case STDOUT -> "on the standard output";
			case AGENT -> "to the CloudWatch agent at " + this.agent + ", log group " + this.names.logGroup();
		} + ", namespace " + this.names.namespace();
	}

}
