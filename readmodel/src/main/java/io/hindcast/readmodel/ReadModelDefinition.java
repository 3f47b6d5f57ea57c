package io.hindcast.readmodel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies what a build of the read models contains: its tables and the code that fills them. Builds of the same
 * definition hold the same rows for the same log; a program version reads builds of its own definition.
 *
 * @param tables statements that create the tables
 * @param revision revision of the code that fills them
 */
public record ReadModelDefinition(String tables, int revision) {

    /**
     * Revision of the projections in this program. Raise it with every change that makes different rows of the same
     * log; without it, an upgrade keeps filling the tables of the previous program version. A test compares the rows of
     * a known log and fails if the revision was not raised.
     */
    static final int REVISION = 1;

    /** The definition of this program version. */
    public static final ReadModelDefinition PROGRAM =
            new ReadModelDefinition(read("/db/readmodel/tables.sql"), REVISION);

    /** Returns the SHA-256 of tables and revision in hexadecimal, by which builds are looked up. */
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
