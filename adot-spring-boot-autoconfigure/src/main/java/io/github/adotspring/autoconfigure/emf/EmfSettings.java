package io.github.adotspring.autoconfigure.emf;

import java.util.List;

/**
 * How metrics become documents.
 *
 * @param namespace the namespace of all metrics
 * @param metadata more members of the metadata as JSON, each before a comma
 * @param storageResolution seconds, 1 or 60
 * @param serviceDimensions whether there are {@code Service} and {@code Environment}
 * @param resourceAttributes whether attributes of the resource are members
 * @param rules dimensions of metrics, the first rule that matches decides
 * @param fullBytes bytes from which on a document is full
 * @param maxBytes the most bytes that a document may have
 */
record EmfSettings(String namespace, String metadata, int storageResolution, boolean serviceDimensions,
		boolean resourceAttributes, List<DimensionRule> rules, int fullBytes, int maxBytes) {

}
