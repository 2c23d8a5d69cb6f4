package io.github.adotspring.autoconfigure.delivery;

/**
 * Where events belong in CloudWatch Logs.
 *
 * @param group the name of the log group
 * @param stream the name of the log stream
 */
public record LogStreamName(String group, String stream) {

}
