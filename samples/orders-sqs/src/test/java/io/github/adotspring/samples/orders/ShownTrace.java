package io.github.adotspring.samples.orders;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A trace as the log shows it.
 *
 * @param spans name, kind and service of each span, indented below its parent
 */
record ShownTrace(List<String> spans) {

	private static final Pattern TRACE = Pattern.compile("Trace \\p{XDigit}{32}, .*((?:\\R  .*\\|.*)+)");

	private static final Pattern SPAN = Pattern
		.compile("(?m)^  ( *\\S.*?) +(SERVER|CLIENT|INTERNAL|PRODUCER|CONSUMER) +(\\S+) +\\|.*\\|.*?( ERROR.*)?$");

	static List<ShownTrace> in(CharSequence log) {
		return TRACE.matcher(log).results().map((trace) -> new ShownTrace(spans(trace.group(1)))).toList();
	}

	private static List<String> spans(String lines) {
		return SPAN.matcher(lines).results().map(ShownTrace::span).toList();
	}

	private static String span(MatchResult line) {
		return line.group(1) + " " + line.group(2) + " " + line.group(3) + ((line.group(4) != null) ? " ERROR" : "");
	}

}
