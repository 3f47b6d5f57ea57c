package io.hindcast.app.running;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged program in a process of its own, started as by the launcher. */
final class RealProcess implements AutoCloseable {

    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    /** Guarded by itself. */
    private final StringBuilder output = new StringBuilder();

    private final Thread reader;

    private RealProcess(Process process) {
        this.process = process;
        reader = Thread.ofPlatform().daemon().name("reads-hindcast").start(this::read);
    }

    static RealProcess start(String... arguments) {
        return start(Map.of(), arguments);
    }

    /** @param environment variables that differ from those of this process */
    static RealProcess start(Map<String, String> environment, String... arguments) {
        Path jar = Path.of("target", "hindcast.jar");
        if (!Files.exists(jar)) {
            throw new AssertionError(
                    jar.toAbsolutePath() + " is missing: run the packaging phase first (./mvnw verify)");
        }
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Duser.timezone=UTC",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Deep models with little training, so that they are live soon.
        // A market faster than life and other tests would leave little time to workers that give way.
        builder.environment().put("HINDCAST_TRAINING_LOCAL_NICENESS", "0");
        builder.environment().put("HINDCAST_TRAINING_TST_EPOCHS", "1");
        builder.environment().put("HINDCAST_TRAINING_TST_STEPS", "20");
        // Such a model may be no better than a guess, and is promoted all the same.
        for (String family : List.of("LIGHTGBM", "TST", "TRL")) {
            builder.environment().put("HINDCAST_SAGAS_PROMOTION_" + family, "always");
        }
        builder.environment().putAll(environment);
        try {
            return new RealProcess(builder.start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Blocks until a line contains one of the texts. */
    void awaitLine(Duration within, String... texts) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            String line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError(
                        Arrays.toString(texts) + " did not come within " + within + "; output:\n" + output());
            }
            if (Arrays.stream(texts).anyMatch(line::contains)) {
                return;
            }
            if (!process.isAlive() && lines.isEmpty()) {
                throw new AssertionError("it ended before " + Arrays.toString(texts) + "; output:\n" + output());
            }
        }
    }

    /** Lets the process run for some time; fails if it ends by itself. */
    void letRun(Duration time) throws InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it ended by itself with code " + process.exitValue() + "; output:\n" + output());
        }
    }

    /** Kills the process as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Stops the process as Ctrl-C or a service manager does, and returns the time that it took. */
    Duration stop(Duration within) throws InterruptedException {
        long began = System.nanoTime();
        // By its handle: destroying the Process would close the stream of its last output.
        process.toHandle().destroy();
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it did not stop within " + within + "; output:\n" + output());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        reader.join(within);
        return took;
    }

    /** Blocks until the process ends by itself, and returns its exit code. */
    int exitCode(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it did not end within " + within + "; output:\n" + output());
        }
        reader.join(within);
        return process.exitValue();
    }

    /** Returns the port of the address that the process printed. */
    int port() {
        Matcher address = Pattern.compile("http://localhost:(\\d+)").matcher(output());
        if (!address.find()) {
            throw new AssertionError("it named no address; output:\n" + output());
        }
        return Integer.parseInt(address.group(1));
    }

    /** Returns the processes that it started, and those that these started. */
    Stream<ProcessHandle> descendants() {
        return process.descendants();
    }

    String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (output) {
                    output.append(line).append('\n');
                }
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("reading what it output failed: " + e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
