package io.hindcast.offline;

import io.hindcast.console.StartFailure;
import io.hindcast.ml.model.CorruptBundleException;
import io.hindcast.ml.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A model read from a file.
 *
 * @param bytes size of the file
 * @param sha256 digest of the file
 */
record StoredModel(ModelBundle bundle, long bytes, String sha256) {

    /**
     * Reads and verifies a model.
     *
     * @param option option that named the file, for messages
     */
    static StoredModel read(Path file, String option) {
        if (!Files.isRegularFile(file)) {
            throw new StartFailure("--" + option + " " + file + " is " + (Files.exists(file) ? "no file" : "not there")
                    + ". Name a model that 'hindcast train' wrote.");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return new StoredModel(ModelBundle.read(bytes), bytes.length, sha256(bytes));
        } catch (IOException e) {
            throw new StartFailure("--" + option + " " + file + " cannot be read (" + e.getMessage() + ").", e);
        } catch (CorruptBundleException e) {
            throw new StartFailure(
                    "--" + option + " " + file + " is no model, or a damaged one: " + e.getMessage()
                            + ". Name a model that 'hindcast train' wrote.",
                    e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
