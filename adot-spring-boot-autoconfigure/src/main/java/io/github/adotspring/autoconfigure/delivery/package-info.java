/**
 * The pipeline that brings OTLP messages to their destination and counts what became of
 * them.
 */
@NullMarked
package io.github.adotspring.autoconfigure.delivery;

import org.jspecify.annotations.NullMarked;
