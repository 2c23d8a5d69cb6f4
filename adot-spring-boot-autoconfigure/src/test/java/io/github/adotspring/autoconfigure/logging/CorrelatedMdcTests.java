package io.github.adotspring.autoconfigure.logging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.Map;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CorrelatedMdc}.
 */
class CorrelatedMdcTests {

	private static final SpanContext SPAN = SpanContext.create("6789abcd0123456789abcdef01234567", "fedcba9876543210",
			TraceFlags.getSampled(), TraceState.getDefault());

	private final Map<String, String> mdc = new HashMap<>(Map.of("customer", "7"));

	private final Map<String, String> correlated = new CorrelatedMdc(this.mdc, CorrelationIds.of(new MockEnvironment()),
			SPAN);

	@Test
	void keyIsLookedUpInTheMdcAndThenAmongTheIds() {
		this.mdc.put("span_id", "mine");
		assertThat(this.correlated.get("customer")).isEqualTo("7");
		assertThat(this.correlated.get("span_id")).isEqualTo("mine");
		assertThat(this.correlated.get("trace_id")).isEqualTo(SPAN.getTraceId());
		assertThat(this.correlated.get("trace")).isNull();
		assertThat(this.correlated.get(null)).isNull();
	}

	@Test
	void keyWithoutAValueIsThere() {
		this.mdc.put("customer", null);
		assertThat(this.correlated).containsEntry("customer", null).hasSize(5);
	}

	@Test
	void tellsWhichKeysItHas() {
		assertThat(this.correlated.containsKey("customer")).isTrue();
		assertThat(this.correlated.containsKey("trace_flags")).isTrue();
		assertThat(this.correlated.containsKey("trace")).isFalse();
		assertThat(this.correlated.isEmpty()).isFalse();
	}

	@Test
	void lookUpAndEntriesAgree() {
		this.mdc.put("trace_id", null);
		assertThat(this.correlated).hasSize(5)
			.allSatisfy((key, value) -> assertThat(this.correlated.get(key)).isEqualTo(value));
	}

	@Test
	void eventThatIsSerializedTakesItsEntriesAlong() throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(this.correlated);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			assertThat(in.readObject()).isEqualTo(this.correlated);
		}
	}

}
