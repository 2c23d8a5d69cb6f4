package com.example;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;

/**
 * A collector that keeps the log records that it gets, and may refuse them all the same.
 */
final class Collector implements AutoCloseable {

	private final List<Log> logs = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private final int status;

	Collector(int status) throws IOException {
		this.status = status;
		this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.server.createContext("/v1/logs", this::take);
		this.server.start();
	}

	String argument() {
		return "--management.adot.collector.endpoint=http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	List<Log> logs() {
		return this.logs;
	}

	List<String> bodies() {
		return this.logs.stream().map(Log::body).toList();
	}

	Log log(String body) {
		List<Log> found = this.logs.stream().filter((log) -> log.body().equals(body)).toList();
		if (found.size() != 1) {
			throw new AssertionError("Not once but " + found.size() + " times: " + body + " in " + bodies());
		}
		return found.get(0);
	}

	private void take(HttpExchange exchange) throws IOException {
		try (exchange; var body = new GZIPInputStream(exchange.getRequestBody())) {
			ExportLogsServiceRequest.parseFrom(body)
				.getResourceLogsList()
				.forEach((resource) -> resource.getScopeLogsList()
					.forEach((scope) -> scope.getLogRecordsList()
						.forEach((record) -> this.logs.add(new Log(scope.getScope().getName(), record)))));
			exchange.sendResponseHeaders(this.status, -1);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	record Log(String logger, LogRecord record) {

		String body() {
			return this.record.getBody().getStringValue();
		}

		Map<String, String> attributes() {
			return this.record.getAttributesList()
				.stream()
				.collect(Collectors.toMap(KeyValue::getKey, (attribute) -> attribute.getValue().hasStringValue()
						? attribute.getValue().getStringValue() : attribute.getValue().toString().trim()));
		}

	}

}
