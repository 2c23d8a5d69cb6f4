package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.aws.AwsIdentity;
import io.github.adotspring.autoconfigure.delivery.SignalReport;
import org.jspecify.annotations.Nullable;

/**
 * Where a signal goes, as whom, and why.
 *
 * @param to value of {@code export.to}, {@code null} for an exporter that the user chose
 * @param description the destination in words, as in the start-up report
 * @param decidedBy what decided it
 * @param endpoint where requests go, {@code null} if it is not known yet or not an
 * endpoint
 * @param region region that requests are signed for
 * @param identity as whom requests are signed
 */
record DestinationDescriptor(@Nullable String to, String description, @Nullable String decidedBy,
		@Nullable EndpointDescriptor endpoint, @Nullable String region, @Nullable AwsIdentity identity) {

	static DestinationDescriptor of(SignalReport report, boolean delivered) {
		if (!delivered && !report.to().equals("none")) {
			return new DestinationDescriptor(null, report.description(), null, null, null, null);
		}
		return new DestinationDescriptor(report.to(), report.description(), report.decidedBy(),
				EndpointDescriptor.of(report.endpoint(), report.endpointOrigin()), report.region(), report.identity());
	}

}
