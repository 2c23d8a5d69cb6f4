/**
 * The resource: what the telemetry says about the process that it comes from.
 */
@NullMarked
package io.github.adotspring.autoconfigure.resource;

import org.jspecify.annotations.NullMarked;
