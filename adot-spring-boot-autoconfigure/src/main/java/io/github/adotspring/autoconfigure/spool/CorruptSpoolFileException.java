package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;

/**
 * Thrown for a file that is not what was once written.
 */
final class CorruptSpoolFileException extends IOException {

	CorruptSpoolFileException(String message) {
		super(message);
	}

}
