package io.github.adotspring.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Matches unless {@code management.adot.enabled} is {@code false} or the OpenTelemetry
 * SDK is switched off, which the starter also does by itself when it steps aside for a
 * java agent. The two conditions are of two kinds because Boot evaluates only the first
 * of one kind on an annotation of ours.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ConditionalOnBooleanProperty(name = AdotProperties.PREFIX + ".enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "otel.sdk.disabled", havingValue = "false", matchIfMissing = true)
public @interface ConditionalOnEnabledAdot {

}
