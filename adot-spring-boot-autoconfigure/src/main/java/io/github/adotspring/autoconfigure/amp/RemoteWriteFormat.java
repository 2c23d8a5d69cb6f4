package io.github.adotspring.autoconfigure.amp;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.delivery.HttpFormat;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.opentelemetry.sdk.common.export.Compressor;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers of Prometheus remote write 1.0, as AMP means them.
 *
 * @see <a href= "https://prometheus.io/docs/specs/prw/remote_write_spec/">Prometheus
 * remote write 1.0</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-troubleshooting.html">Troubleshooting
 * of AMP</a>
 */
final class RemoteWriteFormat implements HttpFormat {

	/**
	 * Quotas that grow with use or are about a moment, so that what is refused now is
	 * taken later, whatever the status.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html">AMP
	 * quotas</a>
	 */
	private static final Pattern QUOTA = Pattern.compile(
			"series limit|ingestion (?:rate|burst)|rate exceeded|throttl|too many requests", Pattern.CASE_INSENSITIVE);

	@Override
	public String contentType() {
		return "application/x-protobuf";
	}

	@Override
	public Map<String, List<String>> headers() {
		return Map.of("X-Prometheus-Remote-Write-Version", List.of("0.1.0"));
	}

	@Override
	public Compressor compressor() {
		return new SnappyCompressor();
	}

	/**
	 * Reads what the status does not say. Other refusals of 400 are about samples (out of
	 * order, too old, a label too long), of which the others were taken.
	 */
	@Override
	public @Nullable Outcome read(Answer answer) {
		int status = answer.status();
		if (status >= 200 && status < 300) {
			return Outcome.delivered(status);
		}
		if (status == 500) {
			return refused(Failure.UNAVAILABLE, answer);
		}
		if (status == 400) {
			return refused(QUOTA.matcher(answer.text()).find() ? Failure.UNAVAILABLE : Failure.REJECTED, answer);
		}
		return null;
	}

	private static Outcome refused(Failure failure, Answer answer) {
		String text = answer.text();
		return Outcome.answered(failure, answer.status(),
				"HTTP " + answer.status() + (text.isEmpty() ? "" : ": " + text), null);
	}

}
