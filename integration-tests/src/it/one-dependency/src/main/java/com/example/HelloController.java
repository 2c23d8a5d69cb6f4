package com.example;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HelloController {

	private final GreetingService greetings;

	HelloController(GreetingService greetings) {
		this.greetings = greetings;
	}

	@GetMapping("/hello")
	Hello hello() {
		SpanContext span = Span.current().getSpanContext();
		return new Hello(this.greetings.greet(), span.isValid(), span.getSpanId());
	}

	record Hello(GreetingService.Greeting greeting, boolean observed, String spanId) {

	}

}
