package io.github.adotspring.autoconfigure.datum;

/**
 * What a data point says in numbers that CloudWatch takes, or why it can't be said.
 */
public sealed interface Reading permits SingleValue, Statistics, Distribution, Refusal {

}
