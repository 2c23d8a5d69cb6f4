package io.github.adotspring.autoconfigure.metrics;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.RegistrationBean;
import org.springframework.core.Ordered;

/**
 * Moves Boot's filter that observes requests just inside the filter that traces them.
 * They have the same order, and where Boot's is outside, the span has ended when the
 * request is measured, so the measurement would be of no trace.
 */
final class ObservationFilterOrder implements BeanPostProcessor {

	static final String FILTER = "webMvcObservationFilter";

	/** That of both filters. */
	static final int OUTSIDE = Ordered.HIGHEST_PRECEDENCE + 1;

	static final int INSIDE = OUTSIDE + 1;

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (FILTER.equals(beanName) && bean instanceof RegistrationBean filter && filter.getOrder() == OUTSIDE) {
			filter.setOrder(INSIDE);
		}
		return bean;
	}

}
