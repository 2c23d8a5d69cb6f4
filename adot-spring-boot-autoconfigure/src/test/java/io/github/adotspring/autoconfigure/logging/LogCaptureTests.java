package io.github.adotspring.autoconfigure.logging;

import java.util.ArrayList;
import java.util.List;

import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class LogCaptureTests {

	private final Framework framework = new Framework();

	private final LogCapture capture = new LogCapture(List.of(this.framework));

	@Test
	void recordsAreKeptWhileAnApplicationStarts() {
		this.capture.expect("application", new MockEnvironment());
		assertThat(this.framework.calls).containsExactly("attach 1000");
	}

	@Test
	void nothingIsKeptAfterAStartThatFailed() {
		this.capture.expect("application", new MockEnvironment());
		this.capture.giveUp("another");
		assertThat(this.framework.calls).doesNotContain("detach");
		this.capture.giveUp("application");
		assertThat(this.framework.calls).containsExactly("attach 1000", "detach");
	}

	@Test
	void theLastContextThatIsOpenGetsTheRecords() {
		ContextCapture older = context(1);
		ContextCapture newer = context(2);
		older.begin(OpenTelemetry.noop());
		newer.begin(OpenTelemetry.noop());
		newer.destroy();
		older.destroy();
		assertThat(this.framework.calls).containsExactly("attach 1", "send", "attach 2", "send", "attach 1", "send",
				"detach");
	}

	@Test
	void recordsAreKeptForAnApplicationThatStartsWhileTheLastContextCloses() {
		ContextCapture older = context(1);
		older.begin(OpenTelemetry.noop());
		this.capture.expect("application", new MockEnvironment());
		older.destroy();
		assertThat(this.framework.calls).containsExactly("attach 1", "send", "detach", "attach 1000");
	}

	@Test
	void aContextThatIsClosedDoesNotBeginAgain() {
		ContextCapture context = context(1);
		context.destroy();
		context.begin(OpenTelemetry.noop());
		assertThat(this.framework.calls).isEmpty();
	}

	@Test
	void aFrameworkThatDoesNotFitIsLeftAlone() {
		this.framework.failure = new NoSuchMethodError("setOpenTelemetry");
		this.capture.expect("application", new MockEnvironment());
		this.capture.expect("another", new MockEnvironment());
		assertThat(this.framework.calls).containsExactly("attach 1000");
	}

	private ContextCapture context(int bufferSize) {
		return new ContextCapture(this.capture,
				new MockEnvironment().withProperty("management.adot.logging.capture.buffer-size",
						String.valueOf(bufferSize)),
				new StaticListableBeanFactory().getBeanProvider(OpenTelemetry.class));
	}

	private static final class Framework implements CapturedFramework {

		private final List<String> calls = new ArrayList<>();

		private @Nullable LinkageError failure;

		@Override
		public String instrumentation() {
			return "logback-appender";
		}

		@Override
		public String keyValuesProperty() {
			return ".capture-key-value-pair-attributes";
		}

		@Override
		public void attach(Capture settings) {
			this.calls.add("attach " + settings.bufferSize());
			if (this.failure != null) {
				throw this.failure;
			}
		}

		@Override
		public void send(OpenTelemetry openTelemetry) {
			this.calls.add("send");
		}

		@Override
		public void restore() {
			this.calls.add("restore");
		}

		@Override
		public void detach() {
			this.calls.add("detach");
		}

	}

}
