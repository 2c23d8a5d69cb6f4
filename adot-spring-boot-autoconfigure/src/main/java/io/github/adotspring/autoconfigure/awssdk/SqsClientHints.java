package io.github.adotspring.autoconfigure.awssdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image has to keep so that the clients that are beans can be proxied.
 *
 * @see SqsClientBeans
 */
final class SqsClientHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.proxies().registerJdkProxy(SqsClient.class).registerJdkProxy(SqsAsyncClient.class);
	}

}
