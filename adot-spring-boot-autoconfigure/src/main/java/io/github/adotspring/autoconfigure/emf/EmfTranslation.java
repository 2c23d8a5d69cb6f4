package io.github.adotspring.autoconfigure.emf;

import java.util.List;

import io.github.adotspring.autoconfigure.otlp.Split.Dropped;

/**
 * A message as documents.
 *
 * @param documents the documents
 * @param dropped data points that are in no document, by reason
 */
record EmfTranslation(List<EmfDocument> documents, List<Dropped> dropped) {

}
