/**
 * OTLP messages as bytes: what they hold, how large they are, and how they are cut.
 */
@NullMarked
package io.github.adotspring.autoconfigure.otlp;

import org.jspecify.annotations.NullMarked;
