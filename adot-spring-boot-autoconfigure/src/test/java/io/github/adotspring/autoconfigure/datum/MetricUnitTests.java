package io.github.adotspring.autoconfigure.datum;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricUnit}.
 */
final class MetricUnitTests {

	@ParameterizedTest
	@CsvSource(nullValues = "none", quoteCharacter = '"', textBlock = """
			s,               Seconds,          1
			ms,              Milliseconds,     1
			us,              Microseconds,     1
			ns,              Microseconds,     0.001
			min,             Seconds,          60
			h,               Seconds,          3600
			d,               Seconds,          86400
			milliseconds,    Milliseconds,     1
			Seconds,         Seconds,          1
			By,              Bytes,            1
			bytes,           Bytes,            1
			kBy,             Kilobytes,        1
			MBy,             Megabytes,        1
			KiBy,            Bytes,            1024
			GiBy,            Bytes,            1073741824
			bit,             Bits,             1
			Gbit/s,          Gigabits/Second,  1
			By/s,            Bytes/Second,     1
			MiBy/s,          Bytes/Second,     1048576
			Megabytes/Second, Megabytes/Second, 1
			%,               Percent,          1
			percent,         Percent,          1
			{request},       Count,            1
			{request}/s,     Count/Second,     1
			1/s,             Count/Second,     1
			threads,         Count,            1
			None,            none,             1
			packets,         Count,            1
			Count/Second,    Count/Second,     1
			furlongs,        none,             1
			1,               none,             1
			"",              none,             1
			S,               none,             1
			Cel,             none,             1
			{a}{b},          none,             1
			""")
	void findsTheUnitOfCloudWatch(String unit, String expected, double factor) {
		assertThat(MetricUnit.of(unit)).isEqualTo(new MetricUnit(expected, factor));
	}

}
