package io.github.adotspring.autoconfigure.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.aws.OwnCalls;
import io.github.adotspring.autoconfigure.cloudwatch.Translation.Datum;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.otlp.DataPoint;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

/**
 * Sends each payload, which {@link MetricDataSplitter} cut to fit, with one call of
 * {@code PutMetricData}.
 */
final class MetricDataSender implements Function<Payload, Outcome> {

	private final MetricDataClient client;

	private final DatumTranslator translator;

	private final String namespace;

	MetricDataSender(MetricDataClient client, DatumTranslator translator, String namespace) {
		this.client = client;
		this.translator = translator;
		this.namespace = namespace;
	}

	@Override
	public Outcome apply(Payload payload) {
		try {
			return call(data(payload.message()));
		}
		catch (RuntimeException ex) {
			return CallOutcome.of(ex);
		}
	}

	private Outcome call(List<MetricDatum> data) {
		try {
			return Outcome.delivered(send(data));
		}
		catch (AwsServiceException ex) {
			if (CallOutcome.isRefusalOfCredentials(ex) && this.client.renewCredentials()) {
				return Outcome.delivered(send(data));
			}
			throw ex;
		}
	}

	private int send(List<MetricDatum> data) {
		CloudWatchClient client = this.client.get();
		PutMetricDataResponse response = OwnCalls
			.make(() -> client.putMetricData((request) -> request.namespace(this.namespace).metricData(data)));
		return response.sdkHttpResponse().statusCode();
	}

	private List<MetricDatum> data(byte[] message) {
		List<MetricDatum> data = new ArrayList<>();
		DataPoint.read(message).forEach((point) -> {
			if (this.translator.translate(point) instanceof Datum datum) {
				data.add(datum.value());
			}
		});
		return data;
	}

}
