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
 * What a data folder is of: one market's log must never go on with another market's bars. Written when a folder is
 * first used, compared ever after.
 */
public final class FolderIdentity {

    private static final String FILE = "market.properties";

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();

    /** A fact that must be the same at every start. */
    public FolderIdentity with(String name, String value) {
        facts.put(name, value);
        return this;
    }

    /** A fact that was not given: the folder's own counts if there is one, this one if not. */
    public FolderIdentity withDefault(String name, String value) {
        defaults.put(name, value);
        return this;
    }

    /**
     * Compares with what the folder holds, and answers the facts that hold from now on.
     *
     * @throws StartFailure naming the first difference
     */
    public Map<String, String> settle(Path folder) {
        Map<String, String> held = read(folder);
        Map<String, String> settled = new TreeMap<>(defaults);
        settled.putAll(facts);
        if (!held.isEmpty()) {
            facts.forEach((name, value) -> {
                String before = held.get(name);
                if (before != null && !before.equals(value)) {
                    throw new StartFailure("The data folder " + folder + " holds a market with " + name + " " + before
                            + ", not " + value + ". Start with the same " + name
                            + ", choose another folder with --data-dir, or delete that one to begin anew.");
                }
            });
            settled.putAll(held);
        }
        return settled;
    }

    /** Whether the folder holds facts already. */
    public static boolean isKept(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /** Keeps facts that were settled. */
    public static void keep(Path folder, Map<String, String> settled) {
        Properties file = new Properties();
        file.putAll(settled);
        Path fresh = folder.resolve(FILE + ".new");
        try {
            try (var out = Files.newBufferedWriter(fresh)) {
                file.store(out, "What this folder's log is of. Hindcast compares it at every start.");
            }
            Files.move(
                    fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw DataFolder.unusable(folder, "cannot be written", e);
        }
    }

    /** Short digest of a file's bytes, or of the names and bytes of a folder's files. */
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
            throw new IllegalStateException("every Java has SHA-256", e);
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
        Properties held = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            held.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure(
                    file + " cannot be read: " + e.getMessage()
                            + ". Restore it, or choose another folder with --data-dir.",
                    e);
        }
        Map<String, String> facts = new TreeMap<>();
        held.stringPropertyNames().forEach(name -> facts.put(name, held.getProperty(name)));
        return facts;
    }
}
