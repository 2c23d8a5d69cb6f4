/**
 * Telemetry requests that wait on disk for their destination: bounded in size and age,
 * private to the user of the process, and kept when the process dies.
 */
@NullMarked
package io.github.adotspring.autoconfigure.spool;

import org.jspecify.annotations.NullMarked;
