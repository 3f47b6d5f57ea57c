package io.hindcast.frontend.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds and launches Chromium for browser tests: the one named by {@code HINDCAST_CHROMIUM}, else one on the path, else
 * one downloaded once by npm into the user's cache folder. Fails with an explanation if there is none.
 */
public final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final List<String> DOWNLOAD_FILES = List.of("package.json", "package-lock.json", "unpack.mjs");
    private static final String DOWNLOAD = "chromium-138.0.2";

    private Chromium() {}

    /** Creates a driver that downloads no browser. */
    public static Playwright driver() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** Launches a headless browser without background traffic; works as root and in containers. */
    public static Browser launch(Playwright playwright) {
        Path executable = find();
        Map<String, String> environment = new HashMap<>(System.getenv());
        Path libraries = executable.resolveSibling("lib");
        if (libraries.toString().contains(DOWNLOAD)) {
            environment.merge("LD_LIBRARY_PATH", libraries.toString(), (known, added) -> known + ":" + added);
        }
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setEnv(environment)
                        .setArgs(List.of(
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run",
                                "--hide-scrollbars")));
    }

    /** Returns the executable of a Chromium. */
    public static Path find() {
        String named = System.getenv("HINDCAST_CHROMIUM");
        if (named != null && !named.isBlank()) {
            Path path = Path.of(named);
            if (Files.isExecutable(path)) {
                return path;
            }
            throw new IllegalStateException("HINDCAST_CHROMIUM is '" + named + "', expected an executable file");
        }
        return onPath().orElseGet(Chromium::downloaded);
    }

    private static Optional<Path> onPath() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : NAMES) {
                Path path = Path.of(folder.isEmpty() ? "." : folder, name);
                if (Files.isRegularFile(path) && Files.isExecutable(path)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    private static Path downloaded() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        Path folder = Path.of(cache, "hindcast", DOWNLOAD);
        Path executable = folder.resolve("chromium");
        if (Files.isExecutable(executable)) {
            return executable;
        }
        try {
            Files.createDirectories(folder);
            for (String file : DOWNLOAD_FILES) {
                try (InputStream resource = Chromium.class.getResourceAsStream(file)) {
                    if (resource == null) {
                        throw new IllegalStateException(file + " is missing beside " + Chromium.class.getName());
                    }
                    Files.copy(resource, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            String failure = run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            if (failure == null) {
                failure = run(folder, "node", "unpack.mjs");
            }
            if (failure == null) {
                return executable;
            }
            throw new IllegalStateException(
                    "Browser tests need Chromium. None is on the PATH (looked for " + String.join(", ", NAMES)
                            + "), and npm could not download one: " + failure
                            + "\nInstall it (Debian: apt-get install chromium) or point HINDCAST_CHROMIUM at one.");
        } catch (IOException e) {
            throw new UncheckedIOException("downloading Chromium into " + folder, e);
        }
    }

    /** Runs a command; returns null on success, else its output. */
    private static @Nullable String run(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return String.join(" ", command) + " did not end";
            }
            return process.exitValue() == 0 ? null : output.strip();
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return String.join(" ", command) + " was interrupted";
        }
    }
}
