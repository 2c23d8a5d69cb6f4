package io.github.adotspring.autoconfigure.datum;

import io.github.adotspring.autoconfigure.otlp.Split.Reason;

/**
 * Nothing that CloudWatch takes.
 *
 * @param reason what such data points have in common
 * @param text how this one is and what is allowed, safe to log
 */
public record Refusal(Reason reason, String text) implements Reading {

}
