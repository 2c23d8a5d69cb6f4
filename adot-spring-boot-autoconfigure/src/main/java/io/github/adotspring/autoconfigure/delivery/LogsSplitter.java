package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.util.function.BooleanSupplier;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.OtlpLimits;
import io.github.adotspring.autoconfigure.otlp.OtlpSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;

/**
 * Cuts messages to the limits of CloudWatch Logs in the region that they go to. Nobody
 * asks for the region, which can take a network call, before a message comes that not
 * every region takes as it is.
 */
final class LogsSplitter implements MessageSplitter {

	private static final OtlpLimits USUAL = OtlpLimits.cloudWatchLogs();

	private final BooleanSupplier takesLarge;

	private final OtlpSplitter usual;

	private final OtlpSplitter large;

	/**
	 * Create a new instance.
	 * @param takesLarge whether the region takes large log objects
	 */
	LogsSplitter(BooleanSupplier takesLarge, Clock clock) {
		this.takesLarge = takesLarge;
		this.usual = new OtlpSplitter(Signal.LOGS, USUAL, clock);
		this.large = new OtlpSplitter(Signal.LOGS, OtlpLimits.cloudWatchLargeLogs(), clock);
	}

	@Override
	public Split split(byte[] message) {
		boolean isLarge = message.length > USUAL.requestBytes() && this.takesLarge.getAsBoolean();
		return (isLarge ? this.large : this.usual).split(message);
	}

	@Override
	public Split halve(byte[] request) {
		return this.usual.halve(request);
	}

}
