package io.github.adotspring.autoconfigure.tracing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.scheduling.support.ScheduledTaskObservationContext;

import static org.assertj.core.api.Assertions.assertThat;

class InstrumentedObservationsTests {

	private final MockEnvironment environment = new MockEnvironment();

	@ParameterizedTest
	@CsvSource({ "spring-webmvc, org.springframework.http.server.observation.ServerRequestObservationContext",
			"spring-webflux, org.springframework.http.server.reactive.observation.ServerRequestObservationContext",
			"spring-webflux, org.springframework.web.reactive.function.client.ClientRequestObservationContext",
			"spring-web, org.springframework.http.client.observation.ClientRequestObservationContext",
			"spring-scheduling, org.springframework.scheduling.support.ScheduledTaskObservationContext" })
	void anObservationIsInstrumentedWhileItsInstrumentationIsOn(String instrumentation, Class<?> context) {
		assertThat(observations().include(context)).isTrue();
		this.environment.setProperty("otel.instrumentation.common.default-enabled", "false");
		assertThat(observations().include(context)).isFalse();
		this.environment.setProperty("otel.instrumentation." + instrumentation + ".enabled", "true");
		assertThat(observations().include(context)).isTrue();
		this.environment.setProperty("otel.instrumentation.common.default-enabled", "true");
		this.environment.setProperty("otel.instrumentation." + instrumentation + ".enabled", "false");
		assertThat(observations().include(context)).isFalse();
	}

	@Test
	void oneInstrumentationThatIsOffLeavesTheOthersAlone() {
		this.environment.setProperty("otel.instrumentation.spring-web.enabled", "false");
		assertThat(observations().include(ClientRequestObservationContext.class)).isFalse();
		assertThat(observations().include(ServerRequestObservationContext.class)).isTrue();
		assertThat(observations().include(ScheduledTaskObservationContext.class)).isTrue();
	}

	@Test
	void otherObservationsAreNotInstrumented() {
		assertThat(observations().include(io.micrometer.observation.Observation.Context.class)).isFalse();
		assertThat(observations().include(io.micrometer.observation.transport.SenderContext.class)).isFalse();
	}

	private InstrumentedObservations observations() {
		return InstrumentedObservations.of(this.environment, (bean) -> false);
	}

}
