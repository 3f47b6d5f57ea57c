package io.hindcast.news.yahoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work folder of one browser session. The session's processes carry its path in their environment, by which they are
 * found and killed. It lies in a folder of this process; the first one that a process creates also removes orphaned
 * folders, left behind by killed processes, with everything that still runs in them.
 *
 * <p>Names are short: Chromium creates a socket inside, and exits at once if its path exceeds 107 characters.
 */
final class BrowserWorkFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrowserWorkFolder.class);

    private static final Pattern NAME = Pattern.compile("hindcast-([0-9]+)-([0-9a-z]+)");
    private static final int START_RADIX = 36;
    private static final Path PROCESSES = Path.of("/proc");

    private static final AtomicInteger SESSIONS = new AtomicInteger();

    private static @Nullable Path ofThisProcess;

    private final Path path;

    /** Creates a folder. */
    BrowserWorkFolder() {
        try {
            this.path = Files.createDirectory(ofThisProcess().resolve(Integer.toString(SESSIONS.incrementAndGet())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the work folder of the browser", e);
        }
    }

    /**
     * Returns the folder of this process. It is the same for all sessions: Playwright starts every driver with the
     * environment of the first one.
     */
    private static synchronized Path ofThisProcess() throws IOException {
        Path known = ofThisProcess;
        if (known == null) {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            removeOrphans(temporary);
            ProcessHandle self = ProcessHandle.current();
            known = Files.createDirectory(
                    temporary.resolve("hindcast-" + self.pid() + '-' + Long.toString(start(self), START_RADIX)),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            known.toFile().deleteOnExit();
            // Playwright unpacks its driver once a process, and removes it on an orderly exit only.
            System.setProperty("playwright.driver.tmpdir", known.toString());
            ofThisProcess = known;
        }
        return Files.createDirectories(known);
    }

    /** Returns the folder of this process, in which the driver keeps and removes files of its own. */
    Path parent() {
        return path.resolveSibling("");
    }

    Path path() {
        return path;
    }

    /** Kills all processes that use this folder. Thread-safe. */
    void killProcesses() {
        killProcesses(path);
    }

    @Override
    public void close() {
        killProcesses();
        remove(path);
        try (Stream<Path> driver = Files.list(parent())) {
            // Left behind by the driver when its browser was killed.
            driver.filter(file -> file.getFileName().toString().startsWith("playwright-artifacts-"))
                    .forEach(BrowserWorkFolder::remove);
        } catch (IOException e) {
            log.warn("{} cannot be cleaned up: {}", parent(), e.toString());
        }
    }

    static void removeOrphans(Path temporary) throws IOException {
        try (Stream<Path> folders = Files.list(temporary)) {
            for (Path folder : folders.filter(BrowserWorkFolder::isOrphan).toList()) {
                log.info("Removing orphaned folder {}", folder);
                killProcesses(folder);
                remove(folder);
            }
        }
    }

    private static boolean isOrphan(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        long start = Long.parseLong(name.group(2), START_RADIX);
        return ProcessHandle.of(Long.parseLong(name.group(1)))
                .filter(process -> start(process) == start)
                .isEmpty();
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static void killProcesses(Path folder) {
        List<ProcessHandle> running = ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> uses(process, folder))
                // The browser's child processes overwrite their environment with their titles.
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
        running.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean uses(ProcessHandle process, Path folder) {
        try {
            Path environment = PROCESSES.resolve(process.pid() + "/environ");
            return Files.readString(environment, StandardCharsets.ISO_8859_1).contains(folder.toString());
        } catch (IOException e) {
            return false; // it has ended, or belongs to another user
        }
    }

    /** Processes being killed may still write; those files are removed with the folder of this process. */
    private static void remove(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException missing) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", root, e.toString());
        }
    }
}
