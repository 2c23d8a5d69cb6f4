package io.github.adotspring.autoconfigure.metrics;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.metrics.v1.Metric;

/**
 * Estimates what the metrics of this instance cost, from the messages that are sent. It
 * keeps the series of an hour, 100,000 of a destination at most, and calls nobody. Safe
 * to be used by many threads at once.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/metrics-otel-pricing.html">OTel
 * metrics pricing and storage</a>
 * @see <a href="https://aws.amazon.com/cloudwatch/pricing/">Amazon CloudWatch pricing</a>
 * @see <a href="https://aws.amazon.com/prometheus/pricing/">Amazon Managed Service for
 * Prometheus pricing</a>
 */
public final class MetricsBill {

	private static final int MAX_SERIES = 100_000;

	private final MetricsPrices prices;

	private final Clock clock;

	private final ToLongFunction<Metric> samples;

	private final Map<String, BillAccount> accounts = new ConcurrentHashMap<>();

	/**
	 * Create a bill that counts the samples of Prometheus as of classic histograms.
	 * @param prices what is asked
	 * @param clock tells when messages are sent
	 */
	public MetricsBill(MetricsPrices prices, Clock clock) {
		this(prices, clock, ClassicSamples::of);
	}

	/**
	 * Create a bill.
	 * @param prices what is asked
	 * @param clock tells when messages are sent
	 * @param samples how many samples of Prometheus all data points of a metric make
	 */
	public MetricsBill(MetricsPrices prices, Clock clock, ToLongFunction<Metric> samples) {
		this.prices = prices;
		this.clock = clock;
		this.samples = samples;
	}

	/**
	 * Take note of a message that goes to a destination. Bytes that are no OTLP message
	 * cost nothing.
	 * @param destination value of {@code management.adot.metrics.export.to}, such as
	 * "cloudwatch"
	 * @param otlpMessage an {@code ExportMetricsServiceRequest} in protobuf, not
	 * compressed
	 */
	public void sent(String destination, byte[] otlpMessage) {
		MeteredMessage message;
		try {
			message = MeteredMessage.read(otlpMessage, this.samples);
		}
		catch (InvalidProtocolBufferException ex) {
			return;
		}
		this.accounts.computeIfAbsent(destination, (name) -> new BillAccount(MAX_SERIES))
			.add(message, this.clock.instant());
	}

	/**
	 * What this instance would cost in a month of 30.4 days if it went on like this.
	 * @return a report for each destination that something was sent to, by its name
	 */
	public Map<String, Report> reports() {
		Map<String, Report> reports = new TreeMap<>();
		this.accounts.forEach((destination, account) -> reports.put(destination, report(destination, account)));
		return reports;
	}

	private Report report(String destination, BillAccount account) {
		Tariff tariff = Tariff.of(destination);
		BillAccount.Balance balance = account.balance(this.clock.instant());
		List<Charge> charges = tariff.charges(balance, this.prices);
		return new Report(balance.series(), rounded(balance.perMinute().dataPoints()), charges,
				rounded(charges.stream().mapToDouble(Charge::usdPerMonth).sum()), this.prices.asOf().toString(),
				tariff.note() + (balance.hasMoreSeries() ? " There are more series than are counted here." : ""));
	}

	static double rounded(double value) {
		return Math.round(value * 1e4) / 1e4;
	}

	/**
	 * What a destination costs.
	 *
	 * @param series distinct meters with their attributes that were sent within an hour
	 * @param dataPointsPerMinute data points that are sent in a minute
	 * @param charges what is billed, empty if nothing is
	 * @param usdPerMonth sum of the charges in USD
	 * @param pricesAsOf month of the price list, such as "2026-11"
	 * @param note what the estimate assumes and leaves out
	 */
	public record Report(long series, double dataPointsPerMinute, List<Charge> charges, double usdPerMonth,
			String pricesAsOf, String note) {

	}

	/**
	 * One thing that is billed.
	 *
	 * @param unit what is counted, such as "custom metrics"
	 * @param perMonth how many of it in a month
	 * @param usdPerMonth its price in USD
	 */
	public record Charge(String unit, double perMonth, double usdPerMonth) {

	}

}
