package io.github.adotspring.autoconfigure.spool;

import java.util.Comparator;

/**
 * One file of the spool. Files sort from the oldest to the newest.
 *
 * @param directory where it is
 * @param name its name
 * @param destination where its payload goes
 * @param bytes its size
 */
record SpooledFile(ProcessDirectory directory, SpoolFileName name, String destination,
		long bytes) implements Comparable<SpooledFile> {

	private static final Comparator<SpooledFile> OLDEST_FIRST = Comparator.comparing(SpooledFile::name)
		.thenComparing((file) -> file.directory().path());

	@Override
	public int compareTo(SpooledFile other) {
		return OLDEST_FIRST.compare(this, other);
	}

}
