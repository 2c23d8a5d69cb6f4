package io.github.adotspring.autoconfigure.otlp;

import java.util.List;
import java.util.Locale;

/**
 * An OTLP request message as the requests that a destination takes.
 *
 * @param parts messages to send, none if nothing is left
 * @param dropped items that are in no part, by reason
 * @param removedAttributes names of the resource attributes that the parts lack, safe to
 * log
 */
public record Split(List<Part> parts, List<Dropped> dropped, List<String> removedAttributes) {

	/**
	 * One request message.
	 *
	 * @param message an export request of the signal in protobuf, not to be changed
	 * @param items number of items in it
	 */
	public record Part(byte[] message, int items) {

	}

	/**
	 * Items that the destination would never take.
	 *
	 * @param reason what they have in common
	 * @param items number of items
	 * @param description the first of them, how it is and what is allowed, safe to log
	 */
	public record Dropped(Reason reason, int items, String description) {

	}

	/**
	 * Why items are dropped.
	 */
	public enum Reason {

		/** It would not even fit into a request of its own. */
		TOO_LARGE,

		/** It is from too long ago. */
		TOO_OLD,

		/** It is from the future. */
		TOO_NEW,

		/** It has too many attributes. */
		TOO_MANY_ATTRIBUTES,

		/** An attribute is too long, or all of them together are. */
		ATTRIBUTES_TOO_LONG;

		/**
		 * The name in meters and reports that a machine reads.
		 * @return the name in lower case
		 */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
