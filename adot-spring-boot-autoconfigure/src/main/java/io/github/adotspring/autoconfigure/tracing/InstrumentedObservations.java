package io.github.adotspring.autoconfigure.tracing;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import org.springframework.core.env.Environment;

/**
 * Which observations are of something that upstream's instrumentation makes spans of.
 * They are told by the names of their contexts' classes, because none of these needs to
 * be on the class path.
 */
final class InstrumentedObservations {

	private final Set<String> contexts;

	private InstrumentedObservations(Set<String> contexts) {
		this.contexts = Set.copyOf(contexts);
	}

	/**
	 * Those of the instrumentation that is on.
	 * @param environment has the switches of the instrumentation
	 * @param beans whether there is a bean of a name
	 * @return the observations
	 */
	static InstrumentedObservations of(Environment environment, Predicate<String> beans) {
		Set<String> contexts = new HashSet<>();
		if (isOn(environment, "spring-webmvc")) {
			contexts.add("org.springframework.http.server.observation.ServerRequestObservationContext");
		}
		if (isOn(environment, "spring-webflux")) {
			contexts.add("org.springframework.http.server.reactive.observation.ServerRequestObservationContext");
			contexts.add("org.springframework.web.reactive.function.client.ClientRequestObservationContext");
		}
		if (isOn(environment, "spring-web")) {
			contexts.add("org.springframework.http.client.observation.ClientRequestObservationContext");
		}
		if (isOn(environment, "spring-scheduling")) {
			contexts.add("org.springframework.scheduling.support.ScheduledTaskObservationContext");
		}
		if (isOn(environment, "kafka")) {
			if (environment.getProperty("otel.instrumentation.kafka.autoconfigure-interceptor", Boolean.class, true)) {
				contexts.add("org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext");
			}
			// A factory that the application makes itself is not instrumented.
			if (beans.test("kafkaProducerFactory")) {
				contexts.add("org.springframework.kafka.support.micrometer.KafkaRecordSenderContext");
			}
		}
		if (beans.test("adotSqsListenerContainers")) {
			contexts.add("io.awspring.cloud.sqs.support.observation.SqsListenerObservation$Context");
			contexts.add("io.awspring.cloud.sqs.support.observation.SqsTemplateObservation$Context");
		}
		return new InstrumentedObservations(contexts);
	}

	private static boolean isOn(Environment environment, String instrumentation) {
		boolean byDefault = environment.getProperty("otel.instrumentation.common.default-enabled", Boolean.class, true);
		return environment.getProperty("otel.instrumentation." + instrumentation + ".enabled", Boolean.class,
				byDefault);
	}

	/**
	 * Tell by the context.
	 * @param context the type of an observation's context
	 * @return whether the instrumentation makes the span
	 */
	boolean include(Class<?> context) {
		for (Class<?> type = context; type != null; type = type.getSuperclass()) {
			if (this.contexts.contains(type.getName())) {
				return true;
			}
		}
		return false;
	}

}
