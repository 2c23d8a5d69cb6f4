package io.github.adotspring.autoconfigure.delivery;

import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;

/**
 * Brings a destination of metrics that is not an OTLP endpoint. A bean of the package
 * behind it.
 */
public interface MetricsDestinationProvider {

	/**
	 * The value of {@code management.adot.metrics.export.to} that it stands for.
	 * @return the value
	 */
	MetricsExportTo exportTo();

	/**
	 * Whether the destination wants what was added since the last time instead of sums
	 * since the start.
	 * @return {@code true} for delta, {@code false} for cumulative temporality
	 */
	boolean isDelta();

	/**
	 * Whether the destination takes requests later than newer ones. Those of others don't
	 * wait on disk.
	 * @return {@code true} if the order does not matter
	 */
	default boolean takesLate() {
		return true;
	}

	/**
	 * What makes the requests of the destination.
	 * @return a translator, new for each call
	 */
	MessageSplitter translator();

	/**
	 * Where the requests go. Nothing is opened before the first of them. Asked when the
	 * application starts, so that what is wrong with the configuration is told then.
	 * @return the connection
	 * @throws io.github.adotspring.autoconfigure.InvalidAdotConfigurationException if
	 * something that it takes is missing or wrong
	 */
	Connection connection();

	/**
	 * What the start-up report says of a destination in the process, or before the
	 * endpoint is known.
	 * @return a phrase such as "EMF on the standard output, namespace shop"
	 */
	String describe();

	/**
	 * Where requests go.
	 */
	sealed interface Connection permits Http, InProcess {

	}

	/**
	 * An HTTP endpoint at AWS, reached by the pipeline.
	 *
	 * @param endpoint where it is; asking can take a network call
	 * @param format the form of requests and answers
	 */
	record Http(Supplier<AwsEndpoint> endpoint, HttpFormat format) implements Connection {

	}

	/**
	 * Something else that takes requests.
	 *
	 * @param destination what takes them
	 */
	record InProcess(Destination destination) implements Connection {

	}

}
