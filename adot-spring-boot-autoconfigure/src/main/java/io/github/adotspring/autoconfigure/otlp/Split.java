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
 * @param shortened number of items that are in a part with fewer bytes than they had
 */
public record Split(List<Part> parts, List<Dropped> dropped, List<String> removedAttributes, int shortened) {

	/**
	 * A message of which no item was shortened.
	 * @param parts messages to send, none if nothing is left
	 * @param dropped items that are in no part, by reason
	 * @param removedAttributes names of the resource attributes that the parts lack
	 */
	public Split(List<Part> parts, List<Dropped> dropped, List<String> removedAttributes) {
		this(parts, dropped, removedAttributes, 0);
	}

	/**
	 * One request message.
	 *
	 * @param message an export request of the signal in protobuf, or what the destination
	 * takes instead, not to be changed
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
		ATTRIBUTES_TOO_LONG,

		/** It is NaN or infinite, which the destination has no form for. */
		NOT_A_NUMBER,

		/** Its value is larger or smaller than the destination takes. */
		OUT_OF_RANGE,

		/** It has no value, as a timer that measured nothing; nothing is lost with it. */
		NO_VALUE,

		/** It is of a kind that the destination has no form for. */
		UNSUPPORTED,

		/** It counts from another time than the destination wants. */
		WRONG_TEMPORALITY,

		/** Its name can't be made one that the destination takes. */
		INVALID_NAME,

		/** Another item has the same name, attributes and time. */
		DUPLICATE;

		/**
		 * The name in meters and reports that a machine reads.
		 * @return the name in lower case
		 */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
