package io.github.adotspring.samples.orders.warehouse;

import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Stands in for SQS on a laptop, from before the listener starts until it has stopped.
 */
@Component
@Profile("local")
class LocalQueue implements DisposableBean {

	private final SQSRestServer server;

	LocalQueue(@Value("${orders.queue.port}") int port) {
		this.server = SQSRestServerBuilder.withInterface("localhost").withPort(port).start();
		this.server.waitUntilStarted();
	}

	@Override
	public void destroy() {
		this.server.stopAndWait();
	}

}
