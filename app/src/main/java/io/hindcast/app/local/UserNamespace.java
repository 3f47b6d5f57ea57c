package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands in a user namespace of their own, because PostgreSQL refuses to run as root. */
final class UserNamespace {

    private UserNamespace() {}

    /**
     * Returns the words to put before a command so that it does not run as root. Empty if this process does not either.
     */
    static List<String> commandPrefix() {
        if (!isRoot()) {
            return List.of();
        }
        if (isOnPath("unshare") && succeeds("unshare", "-U", "true")) {
            return List.of("unshare", "-U");
        }
        throw new StartFailure(
                "PostgreSQL does not run as root, and this machine does not let root create a user namespace"
                        + " (unshare -U failed). Run Hindcast as another user, or pass the address of your own"
                        + " PostgreSQL 18 with --database-url.");
    }

    static boolean isOnPath(String program) {
        for (String folder :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
