package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;

import io.opentelemetry.api.OpenTelemetry;

/**
 * Makes carriers when there is an {@link OpenTelemetry} whose propagators they use.
 */
interface ContextCarriers {

	List<ContextCarrier> of(OpenTelemetry openTelemetry);

}
