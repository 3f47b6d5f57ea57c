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
 * The folder of everything that a process stores. One process at a time holds its lock, which the operating system
 * releases when the process ends, even by a crash.
 */
public final class DataFolder implements AutoCloseable {

    /** Free space below which PostgreSQL would run out of disk during the import. */
    private static final long NEEDED_BYTES = 300L * 1024 * 1024;

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /** Creates the folder if it is missing, and locks it until {@link #close}. */
    public static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw unusable(root, "cannot be created", e);
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

    /** Returns a folder inside this one, created if it is missing. */
    public Path folder(String name) {
        Path inside = root.resolve(name);
        try {
            return Files.createDirectories(inside);
        } catch (IOException e) {
            throw unusable(inside, "cannot be created", e);
        }
    }

    public Path root() {
        return root;
    }

    /** Writes a file that only its owner can read. */
    static void writeOwnerOnly(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    /** Returns the failure for a folder that cannot be used, with the reason and the remedy. */
    static StartFailure unusable(Path path, String problem, IOException cause) {
        return new StartFailure(
                "The data folder " + path + " " + problem + ": " + reason(cause)
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
            // Beyond the bytes of the process id, which stay readable on every system.
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
            // Nothing was locked.
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
        } catch (IOException ignored) {
            // Closing the channel releases it too.
        }
        closeQuietly(channel);
    }
}
