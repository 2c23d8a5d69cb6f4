package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests that are part of a trace already.
 */
class IncomingTraceTests {

	private static final String PARENT = "53995c3f42cd8ad8";

	private static TestApplication application;

	@BeforeAll
	static void start() {
		application = TestApplication.start(Shop.class);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void continuesTheTraceOfTheXRayHeader() {
		application.get("/xray", "X-Amzn-Trace-Id",
				"Root=1-5759e988-bd862e3fe1be46a994272793;Parent=" + PARENT + ";Sampled=1");
		ReceivedSpan span = application.awaitSpan("GET /xray");
		assertThat(span.traceId()).isEqualTo("5759e988bd862e3fe1be46a994272793");
		assertThat(span.parentSpanId()).isEqualTo(PARENT);
	}

	@Test
	void continuesTheTraceOfTraceparent() {
		application.get("/w3c", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-" + PARENT + "-01");
		ReceivedSpan span = application.awaitSpan("GET /w3c");
		assertThat(span.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
		assertThat(span.parentSpanId()).isEqualTo(PARENT);
	}

	@Test
	void doesNotExportWhatTheCallerDoesNotSample() {
		application.get("/unsampled", "X-Amzn-Trace-Id",
				"Root=1-5759e988-bd862e3fe1be46a994272794;Parent=" + PARENT + ";Sampled=0");
		application.get("/unsampled", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4737-" + PARENT + "-00");
		application.get("/sampled");
		application.awaitSpan("GET /sampled");
		assertThat(application.collector().spans()).extracting(ReceivedSpan::name).doesNotContain("GET /unsampled");
	}

	@Test
	void continuesTheTraceOfALoadBalancerAsItsRoot() {
		application.get("/balanced", "X-Amzn-Trace-Id",
				"Self=1-67891233-abcdef012345678912345678;Root=1-5759e988-bd862e3fe1be46a994272795");
		ReceivedSpan span = application.awaitSpan("GET /balanced");
		assertThat(span.traceId()).isEqualTo("5759e988bd862e3fe1be46a994272795");
		assertThat(span.parentSpanId()).isEmpty();
	}

	@Test
	void decidesWhereTheCallerLeavesItToUs() {
		application.get("/asked", "X-Amzn-Trace-Id",
				"Root=1-5759e988-bd862e3fe1be46a994272796;Parent=" + PARENT + ";Sampled=?");
		ReceivedSpan span = application.awaitSpan("GET /asked");
		assertThat(span.traceId()).isEqualTo("5759e988bd862e3fe1be46a994272796");
		assertThat(span.parentSpanId()).isEqualTo(PARENT);
	}

	@Test
	void prefersTheCallerToALoadBalancerBetween() {
		application.get("/both", "X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272797", "traceparent",
				"00-4bf92f3577b34da6a3ce929d0e0e4738-" + PARENT + "-01");
		ReceivedSpan span = application.awaitSpan("GET /both");
		assertThat(span.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4738");
		assertThat(span.parentSpanId()).isEqualTo(PARENT);
	}

	@Test
	void startsATraceWhereTheHeadersMakeNoSense() {
		application.get("/nonsense", "X-Amzn-Trace-Id", "Root=nonsense;Parent=;Sampled=1", "traceparent", "00-0-0-01");
		assertThat(application.awaitSpan("GET /nonsense").parentSpanId()).isEmpty();
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping({ "/xray", "/w3c", "/unsampled", "/sampled", "/nonsense", "/balanced", "/asked", "/both" })
		String answer() {
			return "";
		}

	}

}
