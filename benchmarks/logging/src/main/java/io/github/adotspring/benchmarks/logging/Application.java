package io.github.adotspring.benchmarks.logging;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * The application that logs. Its records end where the SDK's queue would begin.
 */
@SpringBootApplication(proxyBeanMethods = false)
class Application {

	@Bean
	static DiscardingProcessor discardingProcessor() {
		return new DiscardingProcessor();
	}

	@Bean
	static AutoConfigurationCustomizerProvider discardingCustomizer(DiscardingProcessor discarding) {
		return (customizer) -> customizer.addLogRecordProcessorCustomizer((processor, config) -> {
			processor.close();
			return discarding;
		});
	}

}
