package io.github.adotspring.autoconfigure.tracing;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.instrumentation.annotations.AddingSpanAttributes;
import io.opentelemetry.instrumentation.annotations.SpanAttribute;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.opentelemetry.instrumentation.api.annotation.support.SpanAttributesExtractor;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;

/**
 * Adds the {@link SpanAttribute} parameters of an {@link AddingSpanAttributes} method to
 * the span that is current when it is called, which upstream's starter does not do. A
 * method that is {@link WithSpan} too has them on its own span already.
 */
final class AddingSpanAttributesInterceptor implements MethodInterceptor {

	private final SpanAttributesExtractor extractor = SpanAttributesExtractor
		.create(AddingSpanAttributesInterceptor::attributeNames);

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Span span = Span.current();
		if (span.isRecording()) {
			Method method = implementation(invocation);
			if (!method.isAnnotationPresent(WithSpan.class)) {
				span.setAllAttributes(this.extractor.extract(method, invocation.getArguments()));
			}
		}
		return invocation.proceed();
	}

	private static Method implementation(MethodInvocation invocation) {
		Object target = invocation.getThis();
		return (target != null)
				? AopUtils.getMostSpecificMethod(invocation.getMethod(), AopUtils.getTargetClass(target))
				: invocation.getMethod();
	}

	private static @Nullable String[] attributeNames(Method method, Parameter[] parameters) {
		ParameterNameDiscoverer discoverer = new DefaultParameterNameDiscoverer();
		@Nullable String[] parameterNames = discoverer.getParameterNames(method);
		@Nullable String[] attributeNames = new String[parameters.length];
		for (int i = 0; i < parameters.length; i++) {
			SpanAttribute annotation = parameters[i].getAnnotation(SpanAttribute.class);
			if (annotation != null) {
				String parameterName = (parameterNames != null) ? parameterNames[i] : null;
				attributeNames[i] = annotation.value().isEmpty() ? parameterName : annotation.value();
			}
		}
		return attributeNames;
	}

}
