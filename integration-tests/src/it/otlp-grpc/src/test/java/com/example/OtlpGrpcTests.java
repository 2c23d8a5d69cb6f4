package com.example;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OtlpGrpcTests {

	private static final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

	private static Server collector;

	@Value("${local.server.port}")
	private int port;

	@BeforeAll
	static void startCollector() throws IOException {
		collector().start();
	}

	@AfterAll
	static void stopCollector() {
		collector.shutdownNow();
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("otel.exporter.otlp.protocol", () -> "grpc");
		registry.add("otel.exporter.otlp.endpoint", () -> "http://localhost:" + collector.getPort());
		registry.add("otel.bsp.schedule.delay", () -> "50ms");
	}

	@Test
	void spansArriveThroughUpstreamsExporter(CapturedOutput output) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + "/hello");
		HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
		byte[] message = received.poll(20, TimeUnit.SECONDS);
		assertThat(message).as("a request").isNotNull();
		assertThat(ExportTraceServiceRequest.parseFrom(message).getResourceSpans(0).getScopeSpansList()).isNotEmpty();
		assertThat(output).contains("Traces  -> OTLP over gRPC");
	}

	private static Server collector() {
		MethodDescriptor<byte[], byte[]> export = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
			.setType(MethodType.UNARY)
			.setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
			.build();
		collector = NettyServerBuilder.forPort(0)
			.addService(ServerServiceDefinition.builder("opentelemetry.proto.collector.trace.v1.TraceService")
				.addMethod(export, ServerCalls.asyncUnaryCall((request, observer) -> {
					received.add(request);
					observer.onNext(new byte[0]);
					observer.onCompleted();
				}))
				.build())
			.build();
		return collector;
	}

	private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] message) {
			return new ByteArrayInputStream(message);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
