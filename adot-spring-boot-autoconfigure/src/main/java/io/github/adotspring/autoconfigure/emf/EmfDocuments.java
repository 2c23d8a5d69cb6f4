package io.github.adotspring.autoconfigure.emf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.adotspring.autoconfigure.datum.MetricText;
import io.github.adotspring.autoconfigure.datum.MetricUnit;
import io.github.adotspring.autoconfigure.datum.PointReader;
import io.github.adotspring.autoconfigure.datum.Reading;
import io.github.adotspring.autoconfigure.datum.Refusal;
import io.github.adotspring.autoconfigure.datum.TimeRange;
import io.github.adotspring.autoconfigure.otlp.AttributeText;
import io.github.adotspring.autoconfigure.otlp.DataPoint;
import io.github.adotspring.autoconfigure.otlp.DroppedPoints;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one message, and the data points that are in none.
 */
final class EmfDocuments {

	private final PointReader reader = new PointReader(EmfValue.MAX_VALUES);

	private final EmfSettings settings;

	private final Instant now;

	private final TimeRange times;

	private final Consumer<String> whenDimensionsAreLeftOut;

	private final Map<ResourceMetrics, Origin> origins = new IdentityHashMap<>();

	private final Map<PointGroup.Key, PointGroup> groups = new LinkedHashMap<>();

	private final DroppedPoints dropped = new DroppedPoints();

	EmfDocuments(EmfSettings settings, Instant now, Consumer<String> whenDimensionsAreLeftOut) {
		this.settings = settings;
		this.now = now;
		this.times = TimeRange.at(now);
		this.whenDimensionsAreLeftOut = whenDimensionsAreLeftOut;
	}

	void add(DataPoint point) {
		MetricUnit unit = MetricUnit.of(point.metric().getUnit());
		Reading reading = this.reader.read(point, unit);
		Refusal wrongTime = this.times.refusal(point);
		String name = name(point);
		if (name == null) {
			drop(point, new Refusal(Reason.INVALID_NAME, "it has no name"));
		}
		else if (reading instanceof Refusal refusal) {
			drop(point, refusal);
		}
		else if (wrongTime != null) {
			drop(point, wrongTime);
		}
		else {
			add(point, name, unit, EmfValue.json(reading));
		}
	}

	/**
	 * The name of a metric, which is not that of the metadata.
	 */
	private static @Nullable String name(DataPoint point) {
		String name = MetricText.metricName(point.metric().getName());
		return EmfDocument.METADATA.equals(name) ? name + "_" : name;
	}

	private PointGroup group(DataPoint point) {
		InstrumentationScope scope = point.scope().getScope();
		Instant time = point.hasTime() ? point.time() : this.now;
		return this.groups
			.computeIfAbsent(new PointGroup.Key(this.origins.computeIfAbsent(point.resource(), Origin::of),
					scope.getName() + " " + scope.getVersion(), AttributeText.of(point.attributes()),
					time.toEpochMilli()), (key) -> new PointGroup(this.settings, key));
	}

	private void add(DataPoint point, String name, MetricUnit unit, String value) {
		PointGroup group = group(point);
		if (!group.add(point.metric().getName(), name, unit, value)) {
			drop(point, new Refusal(Reason.TOO_LARGE,
					"its document would be larger than %d bytes".formatted(this.settings.maxBytes())));
		}
		else if (group.leavesDimensionsOut(point.metric().getName())) {
			this.whenDimensionsAreLeftOut.accept(name);
		}
	}

	private void drop(DataPoint point, Refusal refusal) {
		this.dropped.add(refusal.reason(), point.metric().getName(), refusal.text());
	}

	EmfTranslation close() {
		List<EmfDocument> documents = new ArrayList<>();
		this.groups.values().forEach((group) -> documents.addAll(group.close()));
		return new EmfTranslation(documents, this.dropped.toList());
	}

}
