package io.github.adotspring.autoconfigure.awssdk;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image has to keep so that the AWS SDK finds the interceptor.
 */
final class AwsSdkRuntimeHints implements RuntimeHintsRegistrar {

	private static final String INTERCEPTORS = "software/amazon/awssdk/global/handlers/execution.interceptors";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern(INTERCEPTORS);
		hints.reflection().registerType(AwsSdkExecutionInterceptor.class, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
	}

}
