package io.github.adotspring.autoconfigure.cloudwatch;

import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * What a library brings to see every call of a client of the AWS SDK. A file on the class
 * path of the tests names it.
 */
public final class CountingInterceptor implements ExecutionInterceptor {

	static final AtomicInteger CALLS = new AtomicInteger();

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		CALLS.incrementAndGet();
	}

}
