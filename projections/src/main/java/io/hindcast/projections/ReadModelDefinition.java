package io.hindcast.projections;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a build of the read models is: its tables, and the code that fills them. Builds of the same definition hold the
 * same rows of the same log; a program serves from builds of its own definition.
 *
 * @param tables statements that make the tables
 * @param revision of the code that fills them
 */
public record ReadModelDefinition(String tables, int revision) {

    /**
     * Revision of the projections in this program. Raise it with any change that makes other rows of the same log, or
     * an upgrade goes on filling the old program's rows. A test compares the rows of a known log and tells when that
     * was forgotten.
     */
    static final int REVISION = 1;

    /** This program's. */
    public static final ReadModelDefinition PROGRAM =
            new ReadModelDefinition(read("/db/readmodel/tables.sql"), REVISION);

    /** SHA-256 of both, in hexadecimal: the name by which builds are found. */
    public String digest() {
        try {
            byte[] text = (tables + "\n-- filled by revision " + revision).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = ReadModelDefinition.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
