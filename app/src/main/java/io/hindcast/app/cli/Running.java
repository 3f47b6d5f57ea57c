package io.hindcast.app.cli;

import io.hindcast.app.HindcastProcess;
import io.hindcast.app.local.DataFolder;
import io.hindcast.console.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs the platform until it is stopped. */
final class Running {

    /** Whatever still hangs then is cut off: everything lasting is safe at any moment. */
    private static final long STOP_MILLIS = 9_000;

    private Running() {}

    /**
     * Starts, says when it is ready, and waits.
     *
     * @param folder to keep things in; null if nothing is kept here
     * @param what is being run, for people
     */
    static int until(
            @Nullable DataFolder folder,
            Map<String, String> properties,
            Console console,
            RunOptions options,
            String what) {
        Optional<Path> log = Optional.ofNullable(folder).map(HindcastProcess::logFile);
        try {
            AtomicBoolean stopping = new AtomicBoolean();
            HindcastProcess process = HindcastProcess.start(folder, properties, console, options.verbose);
            Thread stop = new Thread(() -> stop(process, console, stopping), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            ReadyLine.announceWhenReady(process, console, what, options.exitWhenReady);
            try {
                process.awaitEnd();
            } catch (RuntimeException e) {
                Runtime.getRuntime().removeShutdownHook(stop);
                stopping.set(true);
                cutOffAfter(STOP_MILLIS);
                process.close();
                throw e;
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RuntimeException e) {
            throw new RunFailure(e, log);
        }
    }

    private static void stop(HindcastProcess process, Console console, AtomicBoolean stopping) {
        if (process.isClosed() || !stopping.compareAndSet(false, true)) {
            return;
        }
        cutOffAfter(STOP_MILLIS);
        console.line("Stopping …");
        process.close();
        console.line("Stopped. The same command goes on from here.");
    }

    private static void cutOffAfter(long millis) {
        Thread.ofPlatform().daemon().name("cut-off").start(() -> {
            try {
                Thread.sleep(millis);
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
