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
 * Where one run of the browser keeps what it writes, and by which its processes are known: they have it in their
 * environment. It lies in a folder of this process; such folders of processes that are gone, which a kill -9 leaves
 * behind, are removed with all that still runs in them when a process makes its first.
 *
 * <p>All names are short: a browser makes a socket in it, whose whole path may have 107 characters, and ends at once if
 * it has more.
 */
final class BrowserFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrowserFolder.class);

    private static final Pattern NAME = Pattern.compile("hindcast-([0-9]+)-([0-9a-z]+)");
    private static final int START_RADIX = 36;
    private static final Path PROCESSES = Path.of("/proc");

    private static final AtomicInteger RUNS = new AtomicInteger();

    private static @Nullable Path ofThisProcess;

    private final Path path;

    /** Makes one. */
    BrowserFolder() {
        try {
            this.path = Files.createDirectory(ofThisProcess().resolve(Integer.toString(RUNS.incrementAndGet())));
        } catch (IOException e) {
            throw new UncheckedIOException("the browser gets no folder", e);
        }
    }

    /**
     * The folder of this process, the same for all runs: Playwright gives its driver the environment of the first one
     * for ever.
     */
    private static synchronized Path ofThisProcess() throws IOException {
        Path known = ofThisProcess;
        if (known == null) {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            removeLeftovers(temporary);
            ProcessHandle self = ProcessHandle.current();
            known = Files.createDirectory(
                    temporary.resolve("hindcast-" + self.pid() + '-' + Long.toString(start(self), START_RADIX)),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            known.toFile().deleteOnExit();
            // Playwright unpacks its driver once in a process, and removes it at the end if there is an orderly one.
            System.setProperty("playwright.driver.tmpdir", known.toString());
            ofThisProcess = known;
        }
        return Files.createDirectories(known);
    }

    /** For what the driver keeps of the run by itself, and removes at its end. */
    Path parent() {
        return path.resolveSibling("");
    }

    Path path() {
        return path;
    }

    /** Ends all that runs in it. Thread-safe. */
    void endProcesses() {
        endProcesses(path);
    }

    @Override
    public void close() {
        endProcesses();
        remove(path);
        try (Stream<Path> driver = Files.list(parent())) {
            // The driver leaves these where its browser ended unexpectedly.
            driver.filter(left -> left.getFileName().toString().startsWith("playwright-artifacts-"))
                    .forEach(BrowserFolder::remove);
        } catch (IOException e) {
            log.warn("{} cannot be tidied: {}", parent(), e.toString());
        }
    }

    static void removeLeftovers(Path temporary) throws IOException {
        try (Stream<Path> folders = Files.list(temporary)) {
            for (Path folder : folders.filter(BrowserFolder::isLeftOver).toList()) {
                log.info("Removing {}, which a process that was killed left behind", folder);
                endProcesses(folder);
                remove(folder);
            }
        }
    }

    private static boolean isLeftOver(Path folder) {
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

    private static void endProcesses(Path folder) {
        List<ProcessHandle> running = ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> mentions(process, folder))
                // a browser's other processes write their titles over their environment
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
        running.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean mentions(ProcessHandle process, Path folder) {
        try {
            Path environment = PROCESSES.resolve(process.pid() + "/environ");
            return Files.readString(environment, StandardCharsets.ISO_8859_1).contains(folder.toString());
        } catch (IOException e) {
            return false; // it is gone, or another user's
        }
    }

    /** Processes that are just being ended may still write: what they leave goes with the folder of this process. */
    private static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", folder, e.toString());
        }
    }
}
