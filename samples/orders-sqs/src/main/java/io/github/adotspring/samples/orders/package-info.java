/**
 * A shop and a warehouse with a queue between them, observed with the ADOT Spring Boot
 * starter.
 */
@NullMarked
package io.github.adotspring.samples.orders;

import org.jspecify.annotations.NullMarked;
