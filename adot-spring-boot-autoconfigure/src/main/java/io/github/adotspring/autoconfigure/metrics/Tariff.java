package io.github.adotspring.autoconfigure.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.metrics.MetricsBill.Charge;

/**
 * What a destination bills by.
 */
enum Tariff {

	CLOUDWATCH("Queries through the API are not in it.") {

		@Override
		List<Charge> charges(int series, Volume perMonth, MetricsPrices prices) {
			return List.of(gigabytes("GB of metrics", perMonth.otlpBytes(), prices.otlpGigabyte()));
		}

	},

	EMF("Each further set of dimensions of a metric is a custom metric more. The storage of the logs is not in it.") {

		@Override
		List<Charge> charges(int series, Volume perMonth, MetricsPrices prices) {
			return List.of(customMetrics(series, prices),
					gigabytes("GB of logs", perMonth.documentBytes(), prices.logGigabyte()));
		}

	},

	CLOUDWATCH_API("") {

		@Override
		List<Charge> charges(int series, Volume perMonth, MetricsPrices prices) {
			return List.of(customMetrics(series, prices),
					charge("requests to PutMetricData", perMonth.requests(), prices.thousandRequests() / 1_000));
		}

	},

	AMP("Storage and queries are not in it.") {

		@Override
		List<Charge> charges(int series, Volume perMonth, MetricsPrices prices) {
			return List.of(charge("samples", perMonth.samples(), prices.tenMillionSamples() / 10_000_000));
		}

	},

	FREE("") {

		@Override
		List<Charge> charges(int series, Volume perMonth, MetricsPrices prices) {
			return List.of();
		}

	};

	private static final Duration MONTH = Duration.ofHours(24).multipliedBy(304).dividedBy(10);

	/** AWS counts gigabytes of 2^30 bytes. */
	private static final double GIGABYTE = 1 << 30;

	private final String note;

	Tariff(String note) {
		this.note = note;
	}

	/**
	 * The tariff of a destination, by its name in properties.
	 */
	static Tariff of(String destination) {
		return Stream
			.of(MetricsExportTo.CLOUDWATCH, MetricsExportTo.EMF, MetricsExportTo.CLOUDWATCH_API, MetricsExportTo.AMP)
			.filter((to) -> to.key().equals(destination))
			.map((to) -> valueOf(to.name()))
			.findFirst()
			.orElse(FREE);
	}

	List<Charge> charges(BillAccount.Balance balance, MetricsPrices prices) {
		return charges(balance.series(), balance.perMinute().times(MONTH.toMinutes()), prices);
	}

	abstract List<Charge> charges(int series, Volume perMonth, MetricsPrices prices);

	String note() {
		return (this == FREE) ? "Nothing is billed for this way. Where a collector sends it on, it may be."
				: ("Estimate for this instance at the current rate, by list prices without free tier and volume tiers. "
						+ this.note)
					.trim();
	}

	/**
	 * A metric is billed for the hours in which it is sent.
	 */
	private static Charge customMetrics(int series, MetricsPrices prices) {
		return charge("custom metrics", series, prices.customMetric());
	}

	private static Charge gigabytes(String unit, double bytes, double price) {
		return charge(unit, bytes / GIGABYTE, price);
	}

	private static Charge charge(String unit, double perMonth, double price) {
		return new Charge(unit, MetricsBill.rounded(perMonth), MetricsBill.rounded(perMonth * price));
	}

}
