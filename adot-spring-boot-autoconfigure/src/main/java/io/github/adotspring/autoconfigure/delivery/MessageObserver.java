package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.Signal;

/**
 * Sees the messages of the sources before they are sent, such as to count what they cost.
 * A bean of the package that wants to know. It does not block and does not throw.
 */
@FunctionalInterface
public interface MessageObserver {

	/**
	 * A message is about to be sent.
	 * @param signal the signal
	 * @param destination name of the destination, see {@link ExportTarget#name()}
	 * @param message an OTLP request message in protobuf, not to be changed
	 */
	void sending(Signal signal, String destination, byte[] message);

}
