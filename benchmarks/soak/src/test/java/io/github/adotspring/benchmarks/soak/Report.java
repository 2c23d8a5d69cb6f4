package io.github.adotspring.benchmarks.soak;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The findings of several runs side by side, in Markdown.
 */
final class Report {

	private final List<String> names = new ArrayList<>();

	private final List<Map<String, String>> columns = new ArrayList<>();

	void add(Findings findings) {
		this.names.add(findings.spool() ? "with the spool" : "without the spool");
		this.columns.add(findings.rows());
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder("| | %s |\n".formatted(String.join(" | ", this.names)));
		table.append("|---".repeat(this.names.size() + 1)).append("|\n");
		Set<String> rows = new LinkedHashSet<>();
		this.columns.forEach((column) -> rows.addAll(column.keySet()));
		for (String row : rows) {
			List<String> cells = this.columns.stream().map((column) -> column.getOrDefault(row, "")).toList();
			table.append("| %s | %s |\n".formatted(row, String.join(" | ", cells)));
		}
		return table.toString();
	}

}
