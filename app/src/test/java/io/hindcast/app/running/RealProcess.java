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

/** The built program in a process of its own, as the launcher starts it. */
final class RealProcess implements AutoCloseable {

    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    /** Guarded by itself. */
    private final StringBuilder said = new StringBuilder();

    private final Thread reader;

    private RealProcess(Process process) {
        this.process = process;
        reader = Thread.ofPlatform().daemon().name("reads-hindcast").start(this::read);
    }

    static RealProcess start(String... arguments) {
        return start(Map.of(), arguments);
    }

    /** @param environment what is different from this process's */
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
        // deep models of little training, so that they are there in time
        builder.environment().put("HINDCAST_TRAINING_TSTEPOCHS", "1");
        builder.environment().put("HINDCAST_TRAINING_TSTSTEPS", "20");
        builder.environment().putAll(environment);
        try {
            return new RealProcess(builder.start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for a line that contains one of the texts. */
    void awaitLine(Duration within, String... texts) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            String line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError(
                        Arrays.toString(texts) + " did not come within " + within + "; it said:\n" + said());
            }
            if (Arrays.stream(texts).anyMatch(line::contains)) {
                return;
            }
            if (!process.isAlive() && lines.isEmpty()) {
                throw new AssertionError("it ended before " + Arrays.toString(texts) + "; it said:\n" + said());
            }
        }
    }

    /** Lets it go on for that long; fails if it ends by itself meanwhile. */
    void letRun(Duration time) throws InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it ended by itself with code " + process.exitValue() + "; it said:\n" + said());
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** What Ctrl-C and a service manager do; answers how long it took. */
    Duration stop(Duration within) throws InterruptedException {
        long began = System.nanoTime();
        // by its handle: the process itself would also close what it is still to be heard by
        process.toHandle().destroy();
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it did not stop within " + within + "; it said:\n" + said());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        reader.join(within);
        return took;
    }

    /** Waits until it has ended by itself, and answers its exit code. */
    int exitCode(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it did not end within " + within + "; it said:\n" + said());
        }
        return process.exitValue();
    }

    /** Where it serves, as it said. */
    int port() {
        Matcher address = Pattern.compile("http://localhost:(\\d+)").matcher(said());
        if (!address.find()) {
            throw new AssertionError("it named no address; it said:\n" + said());
        }
        return Integer.parseInt(address.group(1));
    }

    String said() {
        synchronized (said) {
            return said.toString();
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (said) {
                    said.append(line).append('\n');
                }
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("reading what it said failed: " + e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
