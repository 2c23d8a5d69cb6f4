package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Directories and files that nobody but the user of the process may open, from the moment
 * they exist. Where a file system has neither POSIX permissions nor access control lists,
 * they are as private as the directory they are in.
 */
final class PrivateFiles {

	private PrivateFiles() {
	}

	static void createDirectory(Path directory) throws IOException {
		Files.createDirectory(directory, attributes(directory, "rwx------"));
	}

	static void createDirectories(Path directory) throws IOException {
		Files.createDirectories(directory, attributes(directory, "rwx------"));
	}

	/**
	 * Create a file and open it for writing.
	 * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
	 */
	static FileChannel createFile(Path file) throws IOException {
		return FileChannel.open(file, Set.<OpenOption>of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
				attributes(file, "rw-------"));
	}

	/**
	 * Refuse what somebody else could have put in the place of the directory, or could
	 * put into it.
	 * @throws IOException if it is not a directory that only its owner can write to
	 */
	static void requirePrivate(Path directory) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(directory, BasicFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		if (attributes.isSymbolicLink()) {
			throw new IOException("'" + directory + "' is a symbolic link");
		}
		if (!attributes.isDirectory()) {
			throw new IOException("'" + directory + "' is not a directory");
		}
		if (hasView(directory, "posix")) {
			Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
			if (permissions.contains(PosixFilePermission.GROUP_WRITE)
					|| permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
				throw new IOException("'" + directory + "' may be written to by other users (it is "
						+ PosixFilePermissions.toString(permissions)
						+ "); name a directory inside it, which will be created");
			}
		}
	}

	/**
	 * Refuse a directory of another user, told by a file that this process has made in
	 * it: the user of a container need not have a name that could be looked up.
	 * @throws IOException if the owners differ
	 */
	static void requireSameOwner(Path directory, Path own) throws IOException {
		UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
		UserPrincipal user = Files.getOwner(own, LinkOption.NOFOLLOW_LINKS);
		if (!owner.equals(user)) {
			throw new IOException("'" + directory + "' belongs to user '" + owner.getName() + "' and not to '"
					+ user.getName() + "'; name a directory inside it, which will be created");
		}
	}

	private static FileAttribute<?>[] attributes(Path path, String permissions) throws IOException {
		if (hasView(path, "posix")) {
			return new FileAttribute<?>[] {
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) };
		}
		if (hasView(path, "acl")) {
			return new FileAttribute<?>[] { new OwnerOnly(path.getFileSystem()
				.getUserPrincipalLookupService()
				.lookupPrincipalByName(System.getProperty("user.name"))) };
		}
		return new FileAttribute<?>[0];
	}

	private static boolean hasView(Path path, String view) {
		return path.getFileSystem().supportedFileAttributeViews().contains(view);
	}

	/**
	 * The access control list with one entry, as NTFS has it.
	 *
	 * @param owner who may do everything
	 */
	private record OwnerOnly(UserPrincipal owner) implements FileAttribute<List<AclEntry>> {

		@Override
		public String name() {
			return "acl:acl";
		}

		@Override
		public List<AclEntry> value() {
			return List.of(AclEntry.newBuilder()
				.setType(AclEntryType.ALLOW)
				.setPrincipal(this.owner)
				.setPermissions(EnumSet.allOf(AclEntryPermission.class))
				.setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
				.build());
		}

	}

}
