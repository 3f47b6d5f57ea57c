package io.hindcast.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Recorded data beside the checkout. Tests that need it are skipped with a message where it is missing. */
public final class SharedData {

    private SharedData() {}

    public static Path file(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/data").resolve(name);
            if (Files.exists(found)) {
                return found;
            }
        }
        assumeTrue(
                false, "no recording shared/data/" + name + " beside this checkout: the generated twin runs instead");
        throw new AssertionError();
    }
}
