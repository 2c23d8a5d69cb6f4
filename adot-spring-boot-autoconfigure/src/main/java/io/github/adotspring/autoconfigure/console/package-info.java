/**
 * The in-process console: the telemetry of an application, shown by the application
 * itself.
 */
@NullMarked
package io.github.adotspring.autoconfigure.console;

import org.jspecify.annotations.NullMarked;
