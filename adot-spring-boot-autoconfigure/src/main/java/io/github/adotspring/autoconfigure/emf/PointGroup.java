package io.github.adotspring.autoconfigure.emf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.datum.MetricUnit;
import org.jspecify.annotations.Nullable;

/**
 * Data points of the same resource, scope, attributes and time as documents. Metrics of
 * the same name go to different documents, where none overwrites another.
 */
final class PointGroup {

	private static final int ALL = -1;

	private final EmfSettings settings;

	private final Key key;

	private final Fields fields;

	private final String fieldsJson;

	private final Map<Integer, String> dimensions = new HashMap<>();

	private final Map<String, Integer> occurrences = new HashMap<>();

	/** The document that is open for the first metric of a name, for the second, ... */
	private final List<OpenDocument> open = new ArrayList<>();

	private final List<EmfDocument> documents = new ArrayList<>();

	PointGroup(EmfSettings settings, Key key) {
		this.settings = settings;
		this.key = key;
		this.fields = fields(null);
		this.fieldsJson = this.fields.json();
	}

	private Fields fields(@Nullable String metric) {
		return Fields.of(this.key.attributes(), this.key.origin(), this.settings, metric);
	}

	/**
	 * Add a metric.
	 * @param original the name of the metric as the rules know it
	 * @return whether it fits into a document
	 */
	boolean add(String original, String name, MetricUnit unit, String value) {
		int rule = rule(original);
		if (this.fields.hasName(name)) {
			Fields renamed = fields(name);
			OpenDocument alone = new OpenDocument(this.settings, this.key.timestamp(), renamed.json());
			boolean fits = alone.add(new EmfMetric(name, unit.name(), dimensions(rule, renamed), value));
			if (fits) {
				this.documents.add(alone.close());
			}
			return fits;
		}
		String dimensions = this.dimensions.computeIfAbsent(rule, (index) -> dimensions(index, this.fields));
		return add(new EmfMetric(name, unit.name(), dimensions, value));
	}

	private boolean add(EmfMetric metric) {
		int lane = this.occurrences.getOrDefault(metric.name(), 0);
		if (lane < this.open.size() && this.open.get(lane).add(metric)) {
			this.occurrences.put(metric.name(), lane + 1);
			return true;
		}
		OpenDocument next = new OpenDocument(this.settings, this.key.timestamp(), this.fieldsJson);
		if (!next.add(metric)) {
			return false;
		}
		if (lane < this.open.size()) {
			this.documents.add(this.open.set(lane, next).close());
		}
		else {
			this.open.add(next);
		}
		this.occurrences.put(metric.name(), lane + 1);
		return true;
	}

	private int rule(String metric) {
		for (int i = 0; i < this.settings.rules().size(); i++) {
			if (this.settings.rules().get(i).matches(metric)) {
				return i;
			}
		}
		return ALL;
	}

	private String dimensions(int rule, Fields fields) {
		return (rule == ALL) ? fields.allDimensions() : fields.sets(this.settings.rules().get(rule));
	}

	/**
	 * Whether a metric has fewer dimensions than attributes because there are too many.
	 */
	boolean leavesDimensionsOut(String metric) {
		return this.fields.isTooManyDimensions() && rule(metric) == ALL;
	}

	List<EmfDocument> close() {
		this.open.forEach((document) -> this.documents.add(document.close()));
		this.open.clear();
		return this.documents;
	}

	/**
	 * What the data points have in common.
	 *
	 * @param origin where they come from
	 * @param scope name and version of the instrumentation
	 * @param attributes attributes of the data points, sorted
	 * @param timestamp milliseconds since 1970
	 */
	record Key(Origin origin, String scope, Map<String, String> attributes, long timestamp) {

	}

}
