package io.github.adotspring.autoconfigure.tracing;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.opentelemetry.instrumentation.annotations.AddingSpanAttributes;
import org.aspectj.lang.annotation.Aspect;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/**
 * The span annotation that upstream's starter leaves out, under the switch of those that
 * it has.
 */
@AutoConfiguration
@ConditionalOnEnabledAdot
@ConditionalOnClass({ AddingSpanAttributes.class, Aspect.class })
@ConditionalOnBooleanProperty(name = "otel.instrumentation.annotations.enabled", matchIfMissing = true)
public final class SpanAnnotationsAutoConfiguration {

	private SpanAnnotationsAutoConfiguration() {
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnMissingBean(name = "adotAddingSpanAttributesAdvisor")
	static Advisor adotAddingSpanAttributesAdvisor() {
		return new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, AddingSpanAttributes.class),
				new AddingSpanAttributesInterceptor());
	}

}
