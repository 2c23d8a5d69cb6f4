package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.opentelemetry.api.trace.Span;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Fields of requests and responses that are attributes of the span, as the ADOT agent has
 * them. Fields are named as in the model of the service.
 */
final class FieldAttributes {

	private static final Set<String> KNOWLEDGE_BASE_OPERATIONS = Set.of("AssociateAgentKnowledgeBase",
			"CreateDataSource", "DeleteKnowledgeBase", "DisassociateAgentKnowledgeBase", "GetAgentKnowledgeBase",
			"GetKnowledgeBase", "ListDataSources", "UpdateAgentKnowledgeBase");

	private static final Set<String> DATA_SOURCE_OPERATIONS = Set.of("DeleteDataSource", "GetDataSource",
			"UpdateDataSource");

	private static final Mapping AGENT = new Mapping("agentId", "aws.bedrock.agent.id",
			(operation) -> !KNOWLEDGE_BASE_OPERATIONS.contains(operation)
					&& !DATA_SOURCE_OPERATIONS.contains(operation));

	private static final Mapping KNOWLEDGE_BASE = new Mapping("knowledgeBaseId", "aws.bedrock.knowledge_base.id",
			KNOWLEDGE_BASE_OPERATIONS::contains);

	private static final Mapping DATA_SOURCE = new Mapping("dataSourceId", "aws.bedrock.data_source.id",
			DATA_SOURCE_OPERATIONS::contains);

	private static final Map<String, List<Mapping>> OF_REQUESTS = Map.ofEntries(
			Map.entry("Sqs", List.of(new Mapping("QueueName", "aws.queue.name"))),
			Map.entry("Kinesis", List.of(new Mapping("StreamARN", "aws.stream.arn"))),
			Map.entry("Sns",
					List.of(new Mapping("TargetArn", "messaging.destination.name"),
							new Mapping("TopicArn", "messaging.destination.name"),
							new Mapping("TopicArn", "aws.sns.topic.arn"))),
			Map.entry("Sfn",
					List.of(new Mapping("stateMachineArn", "aws.stepfunctions.state_machine.arn"),
							new Mapping("stateMachineArn", "aws.step_functions.state_machine.arn"),
							new Mapping("activityArn", "aws.stepfunctions.activity.arn"),
							new Mapping("activityArn", "aws.step_functions.activity.arn"))),
			Map.entry("Lambda",
					List.of(new Mapping("FunctionName", "aws.lambda.function.name"),
							new Mapping("UUID", "aws.lambda.resource_mapping.id"))),
			Map.entry("Bedrock", List.of(new Mapping("guardrailIdentifier", "aws.bedrock.guardrail.id"))),
			Map.entry("BedrockAgent", List.of(AGENT, KNOWLEDGE_BASE, DATA_SOURCE)),
			Map.entry("BedrockAgentRuntime", List.of(new Mapping("agentId", "aws.bedrock.agent.id"),
					new Mapping("knowledgeBaseId", "aws.bedrock.knowledge_base.id"))));

	private static final Map<String, List<Mapping>> OF_RESPONSES = Map.ofEntries(
			Map.entry("DynamoDb",
					List.of(new Mapping("Table.TableArn", "aws.table.arn"),
							new Mapping("TableDescription.TableArn", "aws.table.arn"))),
			Map.entry("SecretsManager", List.of(new Mapping("ARN", "aws.secretsmanager.secret.arn"))),
			Map.entry("Lambda", List.of(new Mapping("Configuration.FunctionArn", "aws.lambda.function.arn"))),
			Map.entry("Bedrock", List.of(new Mapping("guardrailArn", "aws.bedrock.guardrail.arn"))),
			Map.entry("BedrockAgent", List.of(AGENT, KNOWLEDGE_BASE, DATA_SOURCE)),
			Map.entry("BedrockAgentRuntime", List.of(new Mapping("agentId", "aws.bedrock.agent.id"),
					new Mapping("knowledgeBaseId", "aws.bedrock.knowledge_base.id"))));

	private FieldAttributes() {
	}

	static void ofRequest(Span span, SdkRequest request, Operation operation) {
		add(span, request, operation.name(), OF_REQUESTS.getOrDefault(operation.service(), List.of()));
	}

	static void ofResponse(Span span, SdkResponse response, Operation operation) {
		add(span, response, operation.name(), OF_RESPONSES.getOrDefault(operation.service(), List.of()));
	}

	private static void add(Span span, SdkPojo source, String operation, List<Mapping> mappings) {
		for (Mapping mapping : mappings) {
			String value = mapping.operations().test(operation) ? Fields.text(source, mapping.field()) : null;
			if (value != null) {
				span.setAttribute(mapping.attribute(), value);
			}
		}
	}

	/**
	 * A field that is an attribute.
	 *
	 * @param field name of the field, with a dot before a field within
	 * @param attribute name of the attribute
	 * @param operations names of the operations for which it is
	 */
	private record Mapping(String field, String attribute, Predicate<String> operations) {

		Mapping(String field, String attribute) {
			this(field, attribute, (operation) -> true);
		}

	}

}
