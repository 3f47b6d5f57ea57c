package io.hindcast.training;

import io.hindcast.worker.WorkerMain;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A worker as a process of its own, for tests without the command line of the whole program. */
public final class TestWorker {

    private TestWorker() {}

    public static void main(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        System.exit(WorkerMain.run(
                URI.create(words.get(words.indexOf("--platform") + 1)),
                words.contains("--parent")
                        ? Optional.of(Long.valueOf(words.get(words.indexOf("--parent") + 1)))
                        : Optional.empty(),
                System.getenv()));
    }
}
