/**
 * A small web shop, observed with the ADOT Spring Boot starter.
 */
@NullMarked
package io.github.adotspring.samples.quickstart;

import org.jspecify.annotations.NullMarked;
