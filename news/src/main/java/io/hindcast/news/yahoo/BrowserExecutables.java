package io.hindcast.news.yahoo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Executables for a headless browser, installed on the machine: a Chromium, and the Node that runs Playwright's driver.
 *
 * @param libraries folder of shared libraries that the Chromium brings, if it does
 */
public record BrowserExecutables(Path chromium, Path node, Optional<Path> libraries) {

    private static final List<String> CHROMIUMS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    /** An executable is missing. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String remedy;

        MissingException(String remedy) {
            super("Yahoo Finance is read by a browser, and there is none");
            this.remedy = remedy;
        }

        /** Returns what to install, in one sentence. */
        public String remedy() {
            return remedy;
        }
    }

    /**
     * Finds the executables.
     *
     * @param environment {@code HINDCAST_CHROMIUM} and {@code HINDCAST_NODE} name them; else the {@code PATH} is
     *     searched
     */
    public static BrowserExecutables find(Map<String, String> environment) throws MissingException {
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
        boolean hasLibraries = Files.isDirectory(folder) && Files.isRegularFile(folder.resolveSibling("package.json"));
        return new BrowserExecutables(
                chromium.orElseThrow(), node.orElseThrow(), hasLibraries ? Optional.of(folder) : Optional.empty());
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
