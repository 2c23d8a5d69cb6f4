package io.github.adotspring.autoconfigure.metrics;

import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilterReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExcludedMeters}.
 */
final class ExcludedMetersTests {

	@ParameterizedTest
	@ValueSource(strings = { "jvm.buffer.count", "jvm.gc.memory.allocated", "tomcat.sessions.active.max",
			"kafka.consumer.node.request.rate", "otel.sdk.span.live", "hikaricp.connections" })
	void leavesOutWhatCostsMoreThanItTells(String name) {
		assertThat(isDenied(defaults(true), name)).isTrue();
		assertThat(isDenied(defaults(false), name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http.server.requests", "http.client.requests", "jvm.gc.pause", "jvm.memory.used",
			"jvm.memory.max", "hikaricp.connections.active", "process.cpu.usage", "process.files.open",
			"jvm.threads.live", "kafka.consumer.fetch.manager.records.lag.max", "orders" })
	void keepsWhatTellsWhyAnApplicationIsSlowOrFails(String name) {
		assertThat(isDenied(defaults(true), name)).isFalse();
	}

	@Test
	void keepsLogEventsThatTellOfProblems() {
		assertThat(isDenied(defaults(true), "logback.events", "level", "info")).isTrue();
		assertThat(isDenied(defaults(true), "log4j2.events", "level", "debug")).isTrue();
		assertThat(isDenied(defaults(true), "logback.events", "level", "warn")).isFalse();
		assertThat(isDenied(defaults(true), "log4j2.events", "level", "fatal")).isFalse();
		assertThat(isDenied(defaults(true), "app.events", "level", "info")).isFalse();
		assertThat(isDenied(defaults(false), "logback.events", "level", "info")).isFalse();
	}

	@Test
	void aListOfTheUserIsInsteadOfTheDefaults() {
		ExcludedMeters own = excluded(List.of("orders.*", "*.active"), List.of(), false);
		assertThat(isDenied(own, "orders.open")).isTrue();
		assertThat(isDenied(own, "pool.active")).isTrue();
		assertThat(isDenied(own, "orders")).isFalse();
		assertThat(isDenied(excluded(List.of(), List.of(), true), "jvm.buffer.count")).isFalse();
	}

	@Test
	void whatIsIncludedComesBack() {
		ExcludedMeters included = excluded(null, List.of("jvm.buffer.*", "logback.*"), true);
		assertThat(isDenied(included, "jvm.buffer.count")).isFalse();
		assertThat(isDenied(included, "logback.events", "level", "info")).isFalse();
		assertThat(isDenied(included, "jvm.classes.loaded")).isTrue();
	}

	private static ExcludedMeters defaults(boolean billed) {
		return excluded(null, List.of(), billed);
	}

	private static ExcludedMeters excluded(@Nullable List<String> exclude, List<String> include, boolean billed) {
		return new ExcludedMeters(exclude, include, () -> billed);
	}

	private static boolean isDenied(ExcludedMeters excluded, String name, String... tags) {
		MeterFilterReply reply = excluded.accept(new Meter.Id(name, Tags.of(tags), null, null, Meter.Type.GAUGE));
		// Others decide of what is not excluded.
		assertThat(reply).isNotEqualTo(MeterFilterReply.ACCEPT);
		return reply == MeterFilterReply.DENY;
	}

}
