package io.github.adotspring.autoconfigure.console;

import java.util.List;

import io.opentelemetry.proto.logs.v1.SeverityNumber;

/**
 * How many log records a trace has, and how many of them are trouble.
 *
 * @param records all of them
 * @param warnings those of WARN
 * @param errors those of ERROR and above
 */
record LogSummary(int records, long warnings, long errors) {

	private static final int WARN = SeverityNumber.SEVERITY_NUMBER_WARN_VALUE;

	private static final int ERROR = SeverityNumber.SEVERITY_NUMBER_ERROR_VALUE;

	static LogSummary of(List<ConsoleRecord> records) {
		return new LogSummary(records.size(),
				records.stream()
					.filter((record) -> record.severityNumber() >= WARN && record.severityNumber() < ERROR)
					.count(),
				records.stream().filter((record) -> record.severityNumber() >= ERROR).count());
	}

	/**
	 * What is added to a list in words, empty without records.
	 */
	@Override
	public String toString() {
		if (this.records == 0) {
			return "";
		}
		return ", " + this.records + ((this.records == 1) ? " log record" : " log records")
				+ count(this.errors, "ERROR") + count(this.warnings, "WARN");
	}

	private static String count(long count, String severity) {
		return (count > 0) ? ", " + count + " " + severity : "";
	}

}
