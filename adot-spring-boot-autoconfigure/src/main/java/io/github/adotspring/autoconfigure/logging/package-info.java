/**
 * Logs: how records of the application get into the SDK, where they go, and how they name
 * their trace.
 */
@NullMarked
package io.github.adotspring.autoconfigure.logging;

import org.jspecify.annotations.NullMarked;
