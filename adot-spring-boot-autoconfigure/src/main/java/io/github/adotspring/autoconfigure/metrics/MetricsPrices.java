package io.github.adotspring.autoconfigure.metrics;

import java.time.YearMonth;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What AWS asks for metrics, in USD, for the estimate that the actuator endpoint shows.
 * The defaults are the list prices of us-east-1 for the first of each. Volume tiers and
 * what is free belong to an account, which an instance can't see: an account that is
 * beyond the first tier sets what it pays.
 *
 * @param asOf month of the price list
 * @param otlpGigabyte USD for a GB of metrics sent to the OTLP endpoint of CloudWatch
 * @param customMetric USD for a custom metric of CloudWatch and a month
 * @param logGigabyte USD for a GB of logs sent to CloudWatch Logs, where documents of the
 * Embedded Metric Format go
 * @param thousandRequests USD for 1,000 requests to PutMetricData
 * @param tenMillionSamples USD for 10 million samples sent to Amazon Managed Service for
 * Prometheus
 * @see <a href="https://aws.amazon.com/cloudwatch/pricing/">Amazon CloudWatch pricing</a>
 * @see <a href="https://aws.amazon.com/prometheus/pricing/">Amazon Managed Service for
 * Prometheus pricing</a>
 */
@ConfigurationProperties(MetricsPrices.PREFIX)
public record MetricsPrices(@DefaultValue("2026-11") YearMonth asOf, @DefaultValue("0.50") double otlpGigabyte,
		@DefaultValue("0.30") double customMetric, @DefaultValue("0.50") double logGigabyte,
		@DefaultValue("0.01") double thousandRequests, @DefaultValue("0.90") double tenMillionSamples) {

	/**
	 * The prefix of the properties.
	 */
	public static final String PREFIX = AdotProperties.PREFIX + ".metrics.prices";

	/**
	 * Create the prices.
	 * @throws InvalidAdotConfigurationException if a price is negative or no number
	 */
	public MetricsPrices {
		requirePrice("otlp-gigabyte", otlpGigabyte);
		requirePrice("custom-metric", customMetric);
		requirePrice("log-gigabyte", logGigabyte);
		requirePrice("thousand-requests", thousandRequests);
		requirePrice("ten-million-samples", tenMillionSamples);
	}

	private static void requirePrice(String name, double price) {
		if (!(price >= 0 && price < Double.POSITIVE_INFINITY)) {
			throw new InvalidAdotConfigurationException(PREFIX + "." + name, price, "a price is a number from 0 up",
					"Write a price in USD such as '0.30', or remove the property to use the default.");
		}
	}

}
