package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL refuses to run as root; in containers root is often all there is. */
final class UserSwitch {

    private UserSwitch() {}

    /** What to put before a command so that it does not see itself as root. Empty for everyone else. */
    static List<String> prefix() {
        if (!isRoot()) {
            return List.of();
        }
        // a user namespace of its own: same files, another name
        if (onPath("unshare") && succeeds("unshare", "-U", "true")) {
            return List.of("unshare", "-U");
        }
        throw new StartFailure(
                "PostgreSQL does not run as root, and this machine does not let root make a user namespace"
                        + " (unshare -U failed). Run Hindcast as another user, or name a PostgreSQL 18 of your own with --database-url.");
    }

    static boolean onPath(String program) {
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
