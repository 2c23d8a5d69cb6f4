package io.github.adotspring.autoconfigure.logging;

import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.filter.CompositeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The filters of an appender of Log4j2, which are none, one, or one of several.
 */
final class Log4jFilters {

	private Log4jFilters() {
	}

	static boolean contains(@Nullable Filter filter, Class<? extends Filter> type) {
		if (filter instanceof CompositeFilter composite) {
			for (Filter part : composite) {
				if (contains(part, type)) {
					return true;
				}
			}
			return false;
		}
		return type.isInstance(filter);
	}

}
