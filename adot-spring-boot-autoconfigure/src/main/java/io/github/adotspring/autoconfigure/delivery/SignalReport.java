package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsIdentity;
import io.github.adotspring.autoconfigure.spool.SpoolStatus;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the export of one signal to one destination at one moment.
 *
 * @param signal the signal
 * @param key the signal's name, followed by that of the destination where there are
 * several
 * @param to name of the destination
 * @param decidedBy what decided the destination, such as a property
 * @param description the destination in words, as in the start-up report
 * @param endpoint where requests go, {@code null} if it is not known yet or not an
 * endpoint
 * @param endpointOrigin where the endpoint or its region came from, {@code null} without
 * an endpoint
 * @param region region that requests are signed for, {@code null} if they are not
 * @param identity as whom requests are signed, {@code null} if they are not
 * @param status what became of its items
 * @param inFlight requests on their way
 * @param queueSize items that wait in the SDK's queue
 * @param queueCapacity items that the SDK's queue has room for, zero if it has none or
 * does not tell
 * @param spool what waits on disk, {@code null} without a spool
 * @param spoolProblem why nothing can be kept on disk, {@code null} without a problem
 */
public record SignalReport(Signal signal, String key, String to, String decidedBy, String description,
		@Nullable URI endpoint, @Nullable String endpointOrigin, @Nullable String region,
		@Nullable AwsIdentity identity, SignalStatus status, int inFlight, long queueSize, long queueCapacity,
		@Nullable SpoolStatus spool, @Nullable String spoolProblem) {

}
