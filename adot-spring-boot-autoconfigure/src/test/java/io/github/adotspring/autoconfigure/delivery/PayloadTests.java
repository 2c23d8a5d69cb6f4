package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.sdk.common.export.Compressor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Payload}.
 */
final class PayloadTests {

	@Test
	void knowsItsSignalAndItems() {
		Payload payload = Spans.payload(7);
		assertThat(payload.signal()).isEqualTo(Signal.TRACES);
		assertThat(payload.items()).isEqualTo(7);
		assertThat(payload.message()).isEqualTo(Spans.message(7).toByteArray());
	}

	@Test
	void sendsTheMessageItselfWithoutCompression() {
		Payload payload = new Payload(Signal.TRACES, Spans.message(1).toByteArray(), 1, null);
		assertThat(payload.contentEncoding()).isNull();
		assertThat(payload.body()).isEqualTo(payload.message());
	}

	@Test
	void compressesOnceAndOnlyWhenItIsSent() {
		AtomicInteger compressions = new AtomicInteger();
		Payload payload = new Payload(Signal.TRACES, Spans.message(1).toByteArray(), 1, new Compressor() {

			@Override
			public String getEncoding() {
				return "gzip";
			}

			@Override
			public OutputStream compress(OutputStream output) throws IOException {
				compressions.incrementAndGet();
				return Spans.GZIP.compress(output);
			}

		});
		assertThat(payload.contentEncoding()).isEqualTo("gzip");
		assertThat(compressions).hasValue(0);
		assertThat(payload.body()).isSameAs(payload.body());
		assertThat(compressions).hasValue(1);
	}

}
