package io.hindcast.training.compute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Logs of workers: the file of a local one, which appends to it, and the end of any. */
public final class WorkerLog {

    private static final long LARGEST = 1 << 20;
    private static final int TAIL = 600;

    private WorkerLog() {}

    /** Empties a log that has grown too large. */
    static void bound(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > LARGEST) {
                channel.truncate(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the end of a log in one line. */
    public static String tail(String log) {
        String text = log.strip();
        return text.substring(Math.max(0, text.length() - TAIL)).replaceAll("\\s*\\R\\s*", " / ");
    }

    /** Returns the end of the log in one line; empty without a log. */
    static String tail(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - TAIL);
            ByteBuffer bytes = ByteBuffer.allocate(TAIL);
            int n = channel.read(bytes, from);
            return n <= 0 ? "" : tail(new String(bytes.array(), 0, n, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return "";
        }
    }
}
