package io.github.adotspring.autoconfigure.amp;

import io.opentelemetry.proto.metrics.v1.Metric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricName} and {@link UnitWords}.
 */
final class MetricNameTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http.server.request.duration | s         | histogram | http_server_request_duration_seconds
			http.server.requests         | milliseconds | histogram | http_server_requests_milliseconds
			jvm.memory.used              | By        | sum       | jvm_memory_used_bytes
			jvm.memory.used.bytes        | By        | sum       | jvm_memory_used_bytes
			disk.read                    | By/s      | gauge     | disk_read_bytes_per_second
			wind                         | m/s       | gauge     | wind_meters_per_second
			foo                          | foo/bar   | gauge     | foo_per_bar
			speed                        | foo/bar   | gauge     | speed_foo_per_bar
			rpm                          | {turn}/min | gauge    | rpm_per_minute
			share                        | 1/s       | gauge     | share_per_second
			orders.per.second            | {order}/s | gauge     | orders_per_second
			second.orders.per            | {order}/s | gauge     | second_orders_per_per_second
			empty                        | /{s}      | gauge     | empty
			orders                       | {order}   | counter   | orders_total
			orders.total                 | {order}   | counter   | orders_total
			total.orders                 |           | counter   | orders_total
			orders.total                 | {order}   | sum       | orders_total
			cpu.time                     | s         | counter   | cpu_time_seconds_total
			cpu.utilization              | 1         | gauge     | cpu_utilization_ratio
			cpu.utilization              | 1         | sum       | cpu_utilization
			requests                     | 1         | counter   | requests_total
			cpu.usage                    | %         | gauge     | cpu_usage_percent
			a..b__c-d e                  |           | gauge     | a_b_c_d_e
			:rule:sum                    |           | gauge     | :rule:sum
			9.lives                      |           | gauge     | _9_lives
			größe                        | By        | gauge     | gr_e_bytes
			_secret_                     |           | gauge     | secret
			day                          | d         | gauge     | day_days
			queue                        | k m²/{x}  | gauge     | queue_k_m
			é                            | s         | counter   |
			''                           | s         | gauge     |
			""")
	void areThoseOfTheSpecification(String name, String unit, String type, String expected) {
		Metric.Builder metric = Metric.newBuilder().setName(name).setUnit((unit != null) ? unit : "");
		switch (type) {
			case "histogram" -> metric.getExponentialHistogramBuilder();
			case "sum" -> metric.getSumBuilder();
			case "counter" -> metric.getSumBuilder().setIsMonotonic(true);
			default -> metric.getGaugeBuilder();
		}
		assertThat(MetricName.of(metric.build())).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "d, days", "h, hours", "min, minutes", "s, seconds", "ms, milliseconds", "us, microseconds",
			"ns, nanoseconds", "By, bytes", "KiBy, kibibytes", "MiBy, mebibytes", "GiBy, gibibytes", "TiBy, tibibytes",
			"KBy, kilobytes", "MBy, megabytes", "GBy, gigabytes", "TBy, terabytes", "m, meters", "V, volts",
			"A, amperes", "J, joules", "W, watts", "g, grams", "Cel, celsius", "Hz, hertz", "%, percent", "1, ''",
			"{thing}, ''", "threads, threads" })
	void unitsAreSpelledOut(String unit, String word) {
		assertThat(UnitWords.of(unit)).isEqualTo(new UnitWords(word, ""));
	}

	@ParameterizedTest
	@CsvSource({ "s, second", "m, minute", "min, minute", "h, hour", "d, day", "w, week", "mo, month", "y, year" })
	void unitsOfRatesAreSpelledOut(String unit, String word) {
		assertThat(UnitWords.of("By/" + unit)).isEqualTo(new UnitWords("bytes", "per_" + word));
	}

}
