package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder everything lasting lives in. Held by one process at a time: the lock is the operating system's, so it
 * vanishes with the process that held it, however that ended.
 */
public final class DataFolder implements AutoCloseable {

    /** Less than this and PostgreSQL would stop in the middle of the import. */
    private static final long NEEDED_BYTES = 300L * 1024 * 1024;

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /** Makes the folder if it must, and holds it until closed. */
    public static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw unusable(root, "cannot be made", e);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    root.resolve("hindcast.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unusable(root, "cannot be written", e);
        }
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new StartFailure("The data folder " + root + " is in use by process " + holder(channel)
                        + ". Stop that one first, or choose another folder with --data-dir.");
            }
            writeHolder(channel);
            checkSpace(root);
            return new DataFolder(root, channel, lock);
        } catch (IOException e) {
            closeQuietly(channel);
            throw unusable(root, "cannot be written", e);
        } catch (StartFailure e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /** A folder inside this one, made if it must. */
    public Path folder(String name) {
        Path inside = root.resolve(name);
        try {
            return Files.createDirectories(inside);
        } catch (IOException e) {
            throw unusable(inside, "cannot be made", e);
        }
    }

    public Path root() {
        return root;
    }

    /** Writes a file that only its owner may read. */
    static void writeOwnerOnly(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    /** The same failure for everything that goes wrong with a folder: what, why, and the way out. */
    static StartFailure unusable(Path path, String what, IOException cause) {
        return new StartFailure(
                "The data folder " + path + " " + what + ": " + reason(cause)
                        + ". Make it writable, free some space, or choose another one with --data-dir.",
                cause);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case java.nio.file.FileAlreadyExistsException exists -> exists.getFile() + " is not a folder";
            case java.nio.file.FileSystemException fs when fs.getReason() != null -> fs.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static void checkSpace(Path root) throws IOException {
        FileStore store = Files.getFileStore(root);
        long free = store.getUsableSpace();
        if (free < NEEDED_BYTES) {
            throw new StartFailure("The disk of the data folder " + root + " has only " + free / (1024 * 1024)
                    + " MiB free, and Hindcast needs " + NEEDED_BYTES / (1024 * 1024)
                    + " MiB. Free some space, or choose another folder with --data-dir.");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            // not the bytes that tell who holds it: those stay readable everywhere
            return channel.tryLock(1L << 30, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(32);
        int n = channel.read(pid, 0);
        return n <= 0 ? "(unknown)" : new String(pid.array(), 0, n, StandardCharsets.US_ASCII).strip();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // nothing was held
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
        } catch (IOException ignored) {
            // the channel's end releases it too
        }
        closeQuietly(channel);
    }
}
