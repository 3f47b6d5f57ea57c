package io.hindcast.news.yahoo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs that drive a headless browser, which come with the machine and not with this one: a Chromium, and the
 * Node that runs Playwright's driver.
 *
 * @param libraries folder of further shared libraries that the Chromium needs, if it brings them
 */
public record BrowserProgram(Path chromium, Path node, Optional<Path> libraries) {

    private static final List<String> CHROMIUMS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    /** They are not there. The message is the problem. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String remedy;

        MissingException(String remedy) {
            super("Yahoo Finance is read by a browser, and there is none");
            this.remedy = remedy;
        }

        /** What to install, in a sentence. */
        public String remedy() {
            return remedy;
        }
    }

    /**
     * Looks for them.
     *
     * @param environment {@code HINDCAST_CHROMIUM} and {@code HINDCAST_NODE} name them, else they are on the
     *     {@code PATH}
     */
    public static BrowserProgram find(Map<String, String> environment) throws MissingException {
        List<String> missing = new ArrayList<>();
        Optional<Path> chromium = named(environment, "HINDCAST_CHROMIUM").or(() -> onPath(environment, CHROMIUMS));
        Optional<Path> node = named(environment, "HINDCAST_NODE").or(() -> onPath(environment, List.of("node")));
        if (chromium.isEmpty()) {
            missing.add("a Chromium (Debian: apt-get install chromium; or name one in HINDCAST_CHROMIUM)");
        }
        if (node.isEmpty()) {
            missing.add("Node 20 or newer (Debian: apt-get install nodejs; or name one in HINDCAST_NODE)");
        }
        if (!missing.isEmpty()) {
            throw new MissingException(
                    "Install " + String.join(" and ", missing) + "; news of RSS feeds go on without it.");
        }
        Path folder = chromium.orElseThrow().resolveSibling("lib");
        boolean bringsLibraries =
                Files.isDirectory(folder) && Files.isRegularFile(folder.resolveSibling("package.json"));
        return new BrowserProgram(
                chromium.orElseThrow(), node.orElseThrow(), bringsLibraries ? Optional.of(folder) : Optional.empty());
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable);
    }

    private static Optional<Path> onPath(Map<String, String> environment, List<String> names) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : names) {
                Path path = Path.of(folder.isEmpty() ? "." : folder, name);
                if (Files.isRegularFile(path) && Files.isExecutable(path)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }
}
