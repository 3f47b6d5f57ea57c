package io.hindcast.app.cli;

import io.hindcast.app.HindcastProcess;
import io.hindcast.app.local.DataFolder;
import io.hindcast.console.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs the platform from the command line until it is stopped. */
final class PlatformRunner {

    /** Time after which a shutdown that hangs is cut off. Stored data are safe at any moment. */
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(9);

    private PlatformRunner() {}

    /**
     * Starts the platform, announces when it is ready, and blocks until it is stopped.
     *
     * @param folder data folder; null if nothing is stored here
     * @param subject name of what runs, for people
     * @return exit code
     */
    static int runUntilStopped(
            @Nullable DataFolder folder,
            Map<String, String> properties,
            Console console,
            RunOptions options,
            String subject) {
        Optional<Path> log = Optional.ofNullable(folder).map(HindcastProcess::logFile);
        try {
            AtomicBoolean stopping = new AtomicBoolean();
            HindcastProcess process = HindcastProcess.start(folder, properties, console, options.verbose);
            Thread stop = new Thread(() -> stop(process, console, stopping), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            ReadyAnnouncement.announceWhenReady(process, console, subject, options.exitWhenReady);
            try {
                process.awaitEnd();
            } catch (RuntimeException e) {
                Runtime.getRuntime().removeShutdownHook(stop);
                stopping.set(true);
                haltAfter(SHUTDOWN_LIMIT);
                process.close();
                throw e;
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RuntimeException e) {
            throw new RunFailedException(e, log);
        }
    }

    private static void stop(HindcastProcess process, Console console, AtomicBoolean stopping) {
        if (process.isClosed() || !stopping.compareAndSet(false, true)) {
            return;
        }
        haltAfter(SHUTDOWN_LIMIT);
        console.line("Stopping …");
        process.close();
        console.line("Stopped. The same command continues from here.");
    }

    private static void haltAfter(Duration time) {
        Thread.ofPlatform().daemon().name("shutdown-limit").start(() -> {
            try {
                Thread.sleep(time);
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
