package io.github.adotspring.autoconfigure.datum;

/**
 * A number alone.
 *
 * @param value the number
 */
public record SingleValue(double value) implements Reading {

}
