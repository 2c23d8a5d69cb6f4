package io.github.adotspring.autoconfigure.sampling;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.impl.NoOpLog;

/**
 * A log whose lines can be asked for.
 */
final class RecordingLog extends NoOpLog {

	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial")
	private final List<String> lines = new ArrayList<>();

	@Override
	public void warn(Object message) {
		this.lines.add("WARN " + message);
	}

	@Override
	public void info(Object message) {
		this.lines.add("INFO " + message);
	}

	List<String> lines() {
		return this.lines;
	}

}
