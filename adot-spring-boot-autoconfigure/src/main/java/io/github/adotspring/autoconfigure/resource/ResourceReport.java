package io.github.adotspring.autoconfigure.resource;

import java.util.List;

/**
 * Tells what became of looking for the platform that the application runs on.
 */
public interface ResourceReport {

	/**
	 * Each detector, in the order of precedence.
	 * @return the detectors, none if detection is off
	 */
	List<DetectorReport> detectors();

}
