package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Identity of the market in a data folder, so that a log is never continued with another market's bars. It is written
 * when a folder is first used and compared at every later start.
 */
public final class FolderIdentity {

    private static final String FILE = "market.properties";

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();

    /** Adds a fact that must be the same at every start. */
    public FolderIdentity with(String name, String value) {
        facts.put(name, value);
        return this;
    }

    /** Adds the value of a fact that was not given. A stored value takes precedence. */
    public FolderIdentity withDefault(String name, String value) {
        defaults.put(name, value);
        return this;
    }

    /**
     * Compares the facts with the stored ones, and returns them with defaults resolved.
     *
     * @throws StartFailure if a fact differs from the stored one; names the first difference
     */
    public Map<String, String> resolve(Path folder) {
        Map<String, String> stored = read(folder);
        Map<String, String> resolved = new TreeMap<>(defaults);
        resolved.putAll(facts);
        if (!stored.isEmpty()) {
            facts.forEach((name, value) -> {
                String before = stored.get(name);
                if (before != null && !before.equals(value)) {
                    throw new StartFailure("The data folder " + folder + " holds a market with " + name + " " + before
                            + ", not " + value + ". Start with the same " + name
                            + ", choose another folder with --data-dir, or delete that one to start over.");
                }
            });
            resolved.putAll(stored);
        }
        return resolved;
    }

    /** Returns whether the folder has a stored identity. */
    public static boolean isStored(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /** Stores resolved facts. */
    public static void store(Path folder, Map<String, String> resolved) {
        Properties file = new Properties();
        file.putAll(resolved);
        Path fresh = folder.resolve(FILE + ".new");
        try {
            try (var out = Files.newBufferedWriter(fresh)) {
                file.store(out, "The market of this folder. Hindcast compares it at every start.");
            }
            Files.move(
                    fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw DataFolder.unusable(folder, "cannot be written", e);
        }
    }

    /** Returns a short digest of a file's bytes, or of the names and bytes of a folder's files. */
    public static String digest(Path path) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            if (Files.isDirectory(path)) {
                try (var files = Files.list(path)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        sha.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                        update(sha, file);
                    }
                }
            } else {
                update(sha, path);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 12);
        } catch (IOException e) {
            throw new StartFailure(
                    "The archive " + path + " cannot be read: " + e.getMessage()
                            + ". Name a file or folder of candles with --archive.",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static void update(MessageDigest sha, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        }
    }

    private static Map<String, String> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Map.of();
        }
        Properties stored = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            stored.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure(
                    file + " cannot be read: " + e.getMessage()
                            + ". Restore it, or choose another folder with --data-dir.",
                    e);
        }
        Map<String, String> facts = new TreeMap<>();
        stored.stringPropertyNames().forEach(name -> facts.put(name, stored.getProperty(name)));
        return facts;
    }
}
