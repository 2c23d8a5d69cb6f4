/**
 * Where telemetry goes at AWS and as whom: region, credentials, endpoints and request
 * signing.
 */
@NullMarked
package io.github.adotspring.autoconfigure.aws;

import org.jspecify.annotations.NullMarked;
