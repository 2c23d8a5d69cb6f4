package io.github.adotspring.autoconfigure.testing;

import java.util.List;
import java.util.Map;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * A log record with what OTLP says once for many: its resource and its logger.
 */
public record ReceivedLog(Resource resource, String logger, LogRecord record) {

	/**
	 * The records of all requests that an endpoint has read so far, in their order.
	 */
	public static List<ReceivedLog> in(AwsEndpoint endpoint) {
		return endpoint.requests()
			.stream()
			.filter((request) -> request.path().equals("/v1/logs"))
			.flatMap((request) -> in(request.logs()).stream())
			.toList();
	}

	static List<ReceivedLog> in(ExportLogsServiceRequest request) {
		return request.getResourceLogsList()
			.stream()
			.flatMap((resource) -> resource.getScopeLogsList()
				.stream()
				.flatMap((scope) -> scope.getLogRecordsList()
					.stream()
					.map((record) -> new ReceivedLog(resource.getResource(), scope.getScope().getName(), record))))
			.toList();
	}

	public String body() {
		return this.record.getBody().getStringValue();
	}

	/**
	 * The attributes of the record as plain Java values.
	 */
	public Map<String, Object> attributes() {
		return ReceivedSpan.plain(this.record.getAttributesList());
	}

}
