package io.github.adotspring.benchmarks.soak;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The work of the application, and its numbers.
 */
@RestController
public class SoakController {

	/** With the span of the request, ten. */
	private static final int SPANS = 9;

	private final Tracer tracer;

	private final Numbers numbers;

	SoakController(OpenTelemetry openTelemetry, Numbers numbers) {
		this.tracer = openTelemetry.getTracer("soak");
		this.numbers = numbers;
	}

	@GetMapping("/work")
	String work() {
		for (int i = 0; i < SPANS; i++) {
			this.tracer.spanBuilder("step " + i).setAttribute("step", i).startSpan().end();
		}
		return "done";
	}

	@GetMapping("/numbers")
	String numbers(@RequestParam(defaultValue = "false") boolean collectGarbage) {
		if (collectGarbage) {
			System.gc();
		}
		return this.numbers.read();
	}

}
