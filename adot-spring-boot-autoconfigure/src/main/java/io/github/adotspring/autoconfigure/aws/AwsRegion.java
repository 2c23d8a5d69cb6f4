package io.github.adotspring.autoconfigure.aws;

/**
 * A region and where it came from.
 *
 * @param id code such as {@code eu-west-1}
 * @param origin where the value was found, as the end of the phrase "region from ..."
 */
record AwsRegion(String id, String origin) {

}
