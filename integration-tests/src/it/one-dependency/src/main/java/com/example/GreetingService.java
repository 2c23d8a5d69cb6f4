package com.example;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

@Service
class GreetingService {

	private static final Logger logger = LoggerFactory.getLogger(GreetingService.class);

	@WithSpan
	Greeting greet() {
		logger.info("Greeting", new IllegalStateException("An example of a logged exception"));
		return new Greeting("Hello", Span.current().getSpanContext().getSpanId());
	}

	record Greeting(String text, String spanId) {

	}

}
