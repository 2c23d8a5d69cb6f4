package io.github.adotspring.autoconfigure.spool;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the spool holds of one signal, without what other live processes hold.
 *
 * @param entries payloads
 * @param items spans, data points or log records in them
 * @param bytes their size on disk
 * @param oldest when the oldest was stored, {@code null} if there is none
 */
public record SpoolStatus(int entries, long items, long bytes, @Nullable Instant oldest) {

}
