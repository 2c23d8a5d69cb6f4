package io.github.adotspring.autoconfigure.actuate;

import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.metrics.MetricsBill.Report;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint tells, the most urgent first.
 *
 * @param failing signals whose destination did not take what was last sent to it
 * @param signals each signal by name
 * @param bill what metrics cost by destination, {@code null} if none were sent
 * @param meters how many series of Micrometer there are and which were not exported,
 * {@code null} without Micrometer
 * @param sampler the sampler in use, {@code null} without the SDK's
 * @param resource what everything is exported with
 * @param versions what runs
 */
record AdotDescriptor(List<String> failing, Map<String, SignalDescriptor> signals, @Nullable Map<String, Report> bill,
		@Nullable MetersDescriptor meters, @Nullable String sampler, ResourceDescriptor resource,
		VersionsDescriptor versions) implements OperationResponseBody {

}
