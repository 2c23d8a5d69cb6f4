package io.github.adotspring.autoconfigure;

import java.net.URI;

import io.awspring.cloud.sqs.config.SqsMessageListenerContainerFactory;
import io.awspring.cloud.sqs.listener.acknowledgement.AcknowledgementResultCallback;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import io.github.adotspring.autoconfigure.testing.SqsServer;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

/**
 * The beans that Spring Cloud AWS's starter would make, for the queues at the URL
 * {@code sqs}. The starter itself would change every other test.
 */
class SpringCloudAwsBeans {

	@Bean
	SqsAsyncClient sqsAsyncClient(@Value("${sqs}") URI endpoint) {
		return SqsServer.asyncClient(endpoint);
	}

	@Bean
	SqsTemplate sqsTemplate(SqsAsyncClient client) {
		return SqsTemplate.newTemplate(client);
	}

	@Bean
	SqsMessageListenerContainerFactory<Object> defaultSqsListenerContainerFactory(SqsAsyncClient client,
			ObjectProvider<AcknowledgementResultCallback<Object>> acknowledgements) {
		SqsMessageListenerContainerFactory.Builder<Object> factory = SqsMessageListenerContainerFactory.builder()
			.sqsAsyncClient(client);
		acknowledgements.ifAvailable(factory::acknowledgementResultCallback);
		return factory.build();
	}

}
