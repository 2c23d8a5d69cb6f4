package io.github.adotspring.autoconfigure.metrics;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.delivery.MetricsDelivery;
import io.github.adotspring.autoconfigure.delivery.QuietLog;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Hands the messages of Micrometer's registry to the pipeline, with the resource of the
 * traces. The pipeline tells what becomes of them.
 */
final class DeliveryMetricsSender implements OtlpMetricsSender {

	private final ObjectProvider<MetricsDelivery> delivery;

	private final ExportedResource resource;

	private final QuietLog log;

	DeliveryMetricsSender(ObjectProvider<MetricsDelivery> delivery, ExportedResource resource, QuietLog log) {
		this.delivery = delivery;
		this.resource = resource;
		this.log = log;
	}

	@Override
	public void send(Request request) {
		try {
			MetricsDelivery delivery = this.delivery.getIfAvailable();
			if (delivery != null && delivery.isDelivered()) {
				delivery.deliver(withResource(request.getMetricsData()));
			}
		}
		catch (InvalidProtocolBufferException | RuntimeException ex) {
			// Micrometer would log it each time, with a stack trace.
			this.log.warnOnce("Micrometer's metrics could not be handed to the delivery: " + ex);
		}
	}

	private byte[] withResource(byte[] message) throws InvalidProtocolBufferException {
		Resource resource = this.resource.resource();
		if (resource.getAttributes().isEmpty()) {
			return message;
		}
		ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.parseFrom(message).toBuilder();
		request.getResourceMetricsBuilderList().forEach((metrics) -> {
			metrics.setResource(ScalarResource.of(resource));
			if (resource.getSchemaUrl() != null) {
				metrics.setSchemaUrl(resource.getSchemaUrl());
			}
		});
		return request.build().toByteArray();
	}

}
